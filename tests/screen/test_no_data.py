from data.demo.files import SETTINGS_TOML


def test_a_partnership_without_a_snapshot_is_told_how_to_load_one(open_screen, other_settings):
    other_settings(SETTINGS_TOML.replace("Wendshire (fictional)", "Somewhere new"))
    for screen in ("overview", "explore", "ward", "hotspots", "briefings", "methods"):
        app = open_screen(screen)
        assert not app.exception
        assert app.title[0].value == "Somewhere new"
        assert "No data have been loaded" in app.info[0].value


def test_a_mistake_in_the_settings_is_shown_as_a_sentence(open_screen, other_settings):
    other_settings(SETTINGS_TOML + "\n[nonsense]\n")
    app = open_screen()
    assert not app.exception
    assert "there is no such setting" in app.error[0].value
