"""Who a person is, sealed: identities, consent, finding the same person."""
