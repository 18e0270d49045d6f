from ingest.demonstration import ensure_demonstration


def test_the_demonstration_is_ingested_once_and_marked_as_fictional_throughout(store):
    first = ensure_demonstration(store)
    assert ensure_demonstration(store) == first
    assert len(store.manifests()) == 1
    assert set(store.open(first).manifest.invented) == {"wards", "populations", "referrals", "incidents", "provision"}
