import { z } from 'zod'
import type { BothLanguages } from '../../ground/door.ts'
import { getRegion } from '../../law/door.ts'
import { findJson } from './answers.ts'
import { type ClearingState, clearingReader } from './clearing.ts'
import type { KeptProcess, KeptView } from './keeper.ts'
import type { NationPlan } from './plan.ts'

/** A region or the hub as its process tells it. */
export type RegionStatus = {
  region: string
  name: BothLanguages
  url: string
  /** Whether it answers, and its database too. */
  isWell: boolean
  /** What it has said and the others have not taken yet; null where it does not answer. */
  messagesWaiting: number | null
  messagesFailed: number | null
  /** What rests in its inbox on the NATS servers and it has not taken yet; null where none of them tells. */
  messagesResting: number | null
}

/** How a nation is at this moment. */
export type NationStatus = {
  processes: KeptView[]
  regions: RegionStatus[]
  clearing: ClearingState[]
}

/** Answers how a nation is: asks everybody at once, and whoever does not answer within a second is told as such. */
export function statusReader(plan: NationPlan, processes: () => KeptProcess[]): () => Promise<NationStatus> {
  const readClearing = clearingReader(plan)
  return async () => {
    const [regions, clearing] = await Promise.all([regionStatuses(plan), readClearing()])
    return { processes: processes().map((each) => each.view()), regions, clearing }
  }
}

const schemaHealth = z.object({
  ok: z.boolean(),
  nodes: z.array(z.object({ messagesWaiting: z.int().nullable(), messagesFailed: z.int().nullable() })),
})

async function regionStatuses(plan: NationPlan): Promise<RegionStatus[]> {
  const resting = await restingByRegion(plan)
  return Promise.all(
    plan.regions.map(async ({ region, port }) => {
      const url = `http://${plan.host}:${port}`
      const health = await findJson(`${url}/healthz`, schemaHealth)
      const [node] = health?.nodes ?? []
      return {
        region,
        name: getRegion(region).name,
        url,
        isWell: health?.ok ?? false,
        messagesWaiting: node?.messagesWaiting ?? null,
        messagesFailed: node?.messagesFailed ?? null,
        messagesResting: resting?.get(region) ?? null,
      }
    }),
  )
}

const schemaStreams = z.object({
  account_details: z.array(
    z.object({
      stream_detail: z
        .array(
          z.object({
            name: z.string(),
            consumer_detail: z
              .array(
                z.object({
                  num_pending: z.int(),
                  num_ack_pending: z.int(),
                  cluster: z.object({ leader: z.string().optional() }).optional(),
                }),
              )
              .default([]),
          }),
        )
        .default([]),
    }),
  ),
})

/**
 * What regions have still to take from their inboxes, each by the server that gives it to them: the others are behind, and a server that was lost may keep
 * what was taken long ago. Without the inboxes that nobody gives out at this moment; undefined where no server answers.
 */
async function restingByRegion({ natsServers }: NationPlan): Promise<Map<string, number> | undefined> {
  const answers = await Promise.all(
    natsServers.map(async ({ name, host, monitorPort }) => {
      const answer = await findJson(`http://${host}:${monitorPort}/jsz?consumers=true`, schemaStreams)
      return answer && givenOutBy(name, answer)
    }),
  )
  const heard = answers.filter((answer) => answer !== undefined)
  return heard.length === 0 ? undefined : new Map(heard.flat())
}

function givenOutBy(server: string, { account_details }: z.infer<typeof schemaStreams>): Array<[string, number]> {
  const streams = account_details.flatMap(({ stream_detail }) => stream_detail)
  return streams.flatMap(({ name, consumer_detail }) =>
    consumer_detail
      .filter(({ cluster }) => cluster?.leader === server)
      .map((each): [string, number] => [name.replace(/^INBOX_/, ''), each.num_pending + each.num_ack_pending]),
  )
}
