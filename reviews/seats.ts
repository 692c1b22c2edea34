import { type Id, Refusal, type Work } from '../ground/door.ts'
import { asNode, reviewsTables } from './tables.ts'

/** A reviewer's place in a round, for one group. */
export type Seat = { seatId: Id; roundId: Id; group: string; expertId: Id; personId: Id }

/** Seats an expert for a group of a round. */
export async function seatExpert(
  work: Work,
  { roundId, group, expertId, personId, agency }: Omit<Seat, 'seatId'> & { agency: string },
): Promise<void> {
  await asNode(work, (node) =>
    reviewsTables(node)
      .insertInto('reviews.seat')
      .values({
        id: work.newId(),
        round_id: roundId,
        group_key: group,
        expert_id: expertId,
        person_id: personId,
        agency,
        seated_at: work.now,
      })
      .execute(),
  )
}

/** Ends a seat: what its holder gave no longer counts. */
export async function endSeat(work: Work, { seatId, reason }: { seatId: Id; reason: string }): Promise<void> {
  await asNode(work, (node) =>
    reviewsTables(node)
      .insertInto('reviews.seat_end')
      .values({ seat_id: seatId, reason, ended_at: work.now })
      .execute(),
  )
}

/** The seats in force: of a round, or of a person. */
export async function seatsOf(work: Work, filter: { roundId: Id } | { personId: Id }): Promise<Seat[]> {
  const rows = await asNode(work, (node) =>
    reviewsTables(node)
      .selectFrom('reviews.seat as seat')
      .leftJoin('reviews.seat_end as ended', 'ended.seat_id', 'seat.id')
      .selectAll('seat')
      .where('ended.seat_id', 'is', null)
      .$if('roundId' in filter, (seats) => seats.where('seat.round_id', '=', 'roundId' in filter ? filter.roundId : ''))
      .$if('personId' in filter, (seats) =>
        seats.where('seat.person_id', '=', 'personId' in filter ? filter.personId : ''),
      )
      .orderBy('seat.id')
      .execute(),
  )
  return rows.map(({ id, round_id, group_key, expert_id, person_id }) => ({
    seatId: id,
    roundId: round_id,
    group: group_key,
    expertId: expert_id,
    personId: person_id,
  }))
}

/** Who sits or sat in a round for a group, and as which expert: nobody takes a seat there twice, entered anew or not. */
export async function seatedEver(
  work: Work,
  { roundId, group }: Pick<Seat, 'roundId' | 'group'>,
): Promise<Array<Pick<Seat, 'expertId' | 'personId'>>> {
  return asNode(work, (node) =>
    reviewsTables(node)
      .selectFrom('reviews.seat')
      .select(['expert_id as expertId', 'person_id as personId'])
      .where('round_id', '=', roundId)
      .where('group_key', '=', group)
      .execute(),
  )
}

/** The seat of the person who asks, in a round and for a group. Refusal `review_not_seated`. */
export async function getOwnSeat(work: Work, { roundId, group }: { roundId: Id; group: string }): Promise<Seat> {
  const personId = work.actor.kind === 'person' && !work.actor.onBehalfOf ? work.actor.personId : null
  const seats = personId === null ? [] : await seatsOf(work, { personId })
  const own = seats.find((seat) => seat.roundId === roundId && seat.group === group)
  if (!own) throw new Refusal('review_not_seated')
  return own
}
