import { hash, verify } from '@node-rs/argon2'

/** OWASP's first recommendation for argon2id (the library's algorithm unless told otherwise): 19 MiB, two passes, one lane. */
const cost = { memoryCost: 19_456, timeCost: 2, parallelism: 1 }

/** The hash of random bytes that nobody kept, at the same cost as every other. */
const decoyHash = '$argon2id$v=19$m=19456,t=2,p=1$sF2MqqLrzIX3yRy9yf5IwQ$gckQUO16zKmiztIL9exyC52dqbYwCMd+ttapX03UHxg'

/** The argon2id hash of a password, with its salt and cost inside. */
export function hashPassword(password: string): Promise<string> {
  return hash(password, cost)
}

/**
 * True when the password is the one that was hashed. Without a hash (no such user, or no password set) it takes as long and is false, so
 * that the time of an answer does not tell who has an account.
 */
export async function isPassword(password: string, storedHash: string | null): Promise<boolean> {
  const matches = await verify(storedHash ?? decoyHash, password)
  return matches && storedHash !== null
}
