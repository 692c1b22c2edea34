import { z } from 'zod'
import { type CaseFlow, type Cases, defineFlow, stepsOf } from '../../cases/door.ts'
import { sendMessage } from '../../exchange/door.ts'
import {
  actorPersonId,
  addDays,
  addMonths,
  BadInput,
  type Id,
  must,
  type PlainDate,
  Refusal,
  schemaDate,
  schemaId,
  schemaRegion,
  type Work,
} from '../../ground/door.ts'
import { provinces } from '../../law/door.ts'
import { getPerson } from '../../people/door.ts'
import type { ServiceTools } from '../contract.ts'
import { messageKinds, type Permission, type SharedKind, schemaKinds, sharingPurposes } from './messages-between.ts'

/** The flow of consents; a consent's case number is the number that it is named by. */
export const consentFlowId = 'data-consent'

const terms = z.strictObject({
  purpose: z.enum(sharingPurposes),
  kinds: schemaKinds,
  /** The regions that may be asked. */
  regions: z.array(schemaRegion).min(1).max(31),
  /** Its last day. */
  until: schemaDate,
})
const consentState = z.strictObject({ terms: terms.nullable() })

type State = z.infer<typeof consentState>
type Status = 'given' | 'withdrawn' | 'over'

const step = stepsOf<State, Status>()

/** What a person allows to be asked of other regions, what for and until when (B2-o1): given, and taken back at any time. */
export function consentFlow({ rulebook }: ServiceTools): CaseFlow<State> {
  const give = step({
    title: { zh: '同意共享', en: 'Consent' },
    opens: true,
    by: ['person', 'accept'],
    body: terms.extend({
      /** Whose signed consent an officer enters. */
      personId: schemaId.optional(),
    }),
    record: z.strictObject({ terms }),
    to: 'given',
    async take({ work, file, body: { personId: named, ...given } }) {
      const personId = personMeant(work, named)
      await refuseUnfit(work, given)
      const { agency } = await getPerson(work, personId, '同意数据共享')
      const isOwn = actorPersonId(work.actor) !== undefined
      return {
        record: { terms: given },
        subject: { personId, agency },
        notices: isOwn ? [] : [{ personId, code: 'notice.consent_entered', params: { number: file.number } }],
      }
    },
    fold: (_, { body }) => body,
  })

  async function refuseUnfit(work: Work, { regions, until }: z.infer<typeof terms>): Promise<void> {
    for (const region of regions) refuseNoPartner(work, 'body.regions', region)
    if (until < work.today) {
      throw new BadInput([{ path: 'body.until', expected: `a date not before ${work.today}`, found: until }])
    }
    const question = { on: work.today, insuredRegion: work.node.region }
    const months = Number((await rulebook.valueOf(work, 'consentMonthsMax', question)).value)
    if (until > addMonths(work.today, months))
      throw new Refusal('consent_too_long', { clause: 'PIPL.14', params: { months } })
  }

  const withdraw = step({
    title: { zh: '撤回同意', en: 'Withdraw' },
    from: ['given'],
    by: ['person', 'accept'],
    body: z.strictObject({ reason: z.string().trim().max(300).default('') }),
    record: z.strictObject({ reason: z.string() }),
    to: 'withdrawn',
    async take({ work, file, body }) {
      for (const to of file.state.terms?.regions ?? []) {
        const said = { kind: messageKinds.withdrawn, version: 1, body: { consent: file.number } }
        await sendMessage(work, { to, about: file.number, ...said })
      }
      return { record: body }
    },
  })

  const expire = step({
    title: { zh: '同意期满', en: 'The consent is over' },
    from: ['given'],
    by: ['system'],
    body: z.strictObject({}),
    record: z.strictObject({}),
    to: 'over',
    take: async () => ({ record: {} }),
  })

  return defineFlow<State>({
    id: consentFlowId,
    service: 'data-sharing',
    version: 1,
    title: { zh: '同意数据共享', en: 'Consent to data sharing' },
    numberPrefix: 'TY',
    state: consentState,
    initial: { terms: null },
    statuses: {
      given: {
        title: { zh: '有效', en: 'In force' },
        automatic: { step: 'expire', on: ({ terms: given }) => (given === null ? null : addDays(given.until, 1)) },
      },
      withdrawn: { title: { zh: '已撤回', en: 'Withdrawn' }, final: true },
      over: { title: { zh: '已期满', en: 'Over' }, final: true },
    },
    steps: { give, withdraw, expire },
    summary: ({ state }) => ({
      purpose: state.terms?.purpose ?? null,
      kinds: state.terms?.kinds.join(' ') ?? null,
      regions: state.terms?.regions.join(' ') ?? null,
      until: state.terms?.until ?? null,
    }),
  })
}

/** The person themself, or whom an officer names. */
export function personMeant({ actor }: Work, named: Id | undefined): Id {
  const id = actorPersonId(actor) ?? named
  if (id === undefined) throw new BadInput([{ path: 'body.personId', expected: 'whom it is about', found: 'nothing' }])
  return id
}

/** The regions that may be asked: the other nodes of the nation. */
export function partnerRegions({ node }: Work): string[] {
  return provinces()
    .map(({ code }) => code)
    .filter((code) => code !== node.region)
}

/** `BadInput` for a region that is no partner: nobody would ever answer. */
export function refuseNoPartner(work: Work, path: string, region: string): void {
  if (partnerRegions(work).includes(region)) return
  throw new BadInput([{ path, expected: 'the code of another province', found: region }])
}

/** What a question must be within to stand on a consent. */
type Asked = {
  personId: Id
  number: string
  region: string
  purpose: string
  kinds: readonly SharedKind[]
  on: PlainDate
}

/**
 * The terms of a consent as a question tells them. Refused: `consent_not_in_force` (withdrawn, over, another person's), `consent_narrower` where it
 * does not cover the region, the purpose or a kind.
 */
export async function permissionOf(work: Work, cases: Cases, asked: Asked): Promise<Permission> {
  const { personId, number } = asked
  const found = await cases.find(work, { flow: consentFlowId, personId, status: 'given', text: number, limit: 5 })
  const row = found.find((each) => each.number === number)
  if (!row) throw new Refusal('consent_not_in_force', { clause: 'PIPL.14', params: { number } })
  const { file } = await cases.get(work, row.caseId)
  const { purpose, kinds, regions, until } = must(consentState.parse(file.state).terms, 'terms of a consent')
  if (until < asked.on) throw new Refusal('consent_not_in_force', { clause: 'PIPL.14', params: { number } })
  const covers = asked.kinds.every((kind) => kinds.includes(kind))
  if (!covers || purpose !== asked.purpose || !regions.includes(asked.region)) {
    throw new Refusal('consent_narrower', { clause: 'PIPL.14', params: { number } })
  }
  return { by: 'consent', number, purpose, kinds, until }
}
