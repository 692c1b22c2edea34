import { nkeys } from '@nats-io/transport-node'

/**
 * How a region shows the NATS servers who it is: an Ed25519 key (NKey) of its own. The seed stays with the region, the public key stands in the
 * servers' configuration. It opens the way and proves nothing: what a message proves, its SM2 signature proves.
 */
export type ExchangeLogin = { seed: string; publicKey: string }

/** A new login. The library takes its randomness from the system. */
export function makeExchangeLogin(): ExchangeLogin {
  const pair = nkeys.createUser()
  return { seed: new TextDecoder().decode(pair.getSeed()), publicKey: pair.getPublicKey() }
}

/** The login whose seed is given. Throws where the text is no seed. */
export function exchangeLoginOf(seed: string): ExchangeLogin {
  return { seed, publicKey: nkeys.fromSeed(new TextEncoder().encode(seed)).getPublicKey() }
}
