import { must, type Random, type Work } from '../../ground/door.ts'
import { createUser, setPasswordHash } from '../../people/door.ts'
import type { DemoRegion } from './plan.ts'

/** Where the demo world's seed of a node has come: what it works with, and the ids of what it named. */
export type Seeding = {
  work: Work
  planned: DemoRegion
  random: Random
  passwordHash: string
  /** `person:li-na`, `employer:nanjing-employer-1`, `institution:urumqi-hospital`, `user:nanjing-accept`, `assignment:nanjing-accept`. */
  ids: Map<string, string>
}

/** Where all of it comes from. */
export const demoSource = '演示数据（虚构） / demo data (invented)'

/** First day of all that the demo world says to have been there before. */
export const longAgo = '2024-01-01'

/** The id of something named before. */
export function idOf({ ids }: Seeding, name: string): string {
  return must(ids.get(name), `${name} in the demo world`)
}

/** An account with the demo password, known as `user:<login>`. */
export async function seedUser(
  { work, passwordHash, ids }: Seeding,
  user: { login: string; displayName: string; personId?: string },
): Promise<string> {
  const userId = await createUser(work, user)
  await setPasswordHash(work, userId, passwordHash)
  ids.set(`user:${user.login}`, userId)
  return userId
}
