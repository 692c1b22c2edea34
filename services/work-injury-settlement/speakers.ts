import { Refusal } from '../../ground/door.ts'

/** A signature tells who says something, not that it is theirs to say. Refusal `not_theirs_to_say` where it is another region's word. */
export function requireSpeaker(from: string, party: string): void {
  if (from !== party) throw new Refusal('not_theirs_to_say', { params: { from, party } })
}
