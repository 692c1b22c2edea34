import { z } from 'zod'
import { defineFlow, stepsOf } from '../../cases/door.ts'
import { asActor, type Id, must, Refusal, schemaId, schemaRegion, systemActor, type Work } from '../../ground/door.ts'
import { isWithin, type Rulebook } from '../../law/door.ts'
import { findEmployers, industries, registerEmployer, schemaCreditCode } from '../../people/door.ts'
import { findSharedRecord, type SharedRecord } from './shared-record.ts'

const registrationState = z.strictObject({ creditCode: z.string().nullable(), employerId: schemaId.nullable() })

type State = z.infer<typeof registrationState>
type Status = 'registered' | 'referred' | 'refused'

const opinion = z.string().trim().min(1).max(300)

const step = stepsOf<State, Status>()

/** Registration of an employer by its credit code alone (A2.06, A2.09): name, place and industry come from shared data. */
export function registrationFlow(rulebook: Rulebook) {
  const register = step({
    title: { zh: '参保登记', en: 'Register' },
    opens: true,
    by: ['accept'],
    body: z.strictObject({ creditCode: schemaCreditCode }),
    record: z.strictObject({ creditCode: z.string(), employerId: schemaId.nullable() }),
    to: { registered: 'registered', referred: 'referred' },
    async take({ work, file, body, effectiveOn }) {
      const shared = await findSharedRecord(work, body.creditCode)
      const known = await asActor(work, systemActor, (system) =>
        findEmployers(system, { text: body.creditCode, limit: 1 }),
      )
      const ruling = await rulebook.decide(work, {
        policy: 'employer-registration',
        on: effectiveOn,
        insuredRegion: file.agency,
        facts: {
          sharedRecord: shared?.state ?? 'missing',
          establishedHere: shared !== undefined && isWithin(shared.region, file.agency),
          alreadyRegistered: known.length > 0,
        },
      })
      const { outcome, reason, because } = ruling.decision
      if (outcome === 'refused') throw new Refusal(reason ?? 'refused', { clause: because })
      if (outcome === 'referred' || !shared) {
        return { outcome: 'referred', record: { creditCode: body.creditCode, employerId: null }, decision: ruling }
      }
      const employerId = await registerFrom(work, shared, file.agency)
      return {
        outcome: 'registered',
        record: { creditCode: body.creditCode, employerId },
        decision: ruling,
        subject: { employerId },
      }
    },
    fold: (_, { body }) => body,
  })

  const decide = step({
    title: { zh: '人工核实', en: 'Check the papers' },
    from: ['referred'],
    by: ['review'],
    notSameUserAs: ['register'],
    body: z.discriminatedUnion('outcome', [
      z.strictObject({ outcome: z.literal('refused'), opinion }),
      z.strictObject({
        outcome: z.literal('registered'),
        opinion,
        name: z.string().trim().min(2).max(200),
        region: schemaRegion,
        industry: z.enum(industries),
      }),
    ]),
    record: z.strictObject({ opinion, employerId: schemaId.nullable() }),
    to: { registered: 'registered', refused: 'refused' },
    async take({ work, file, body }) {
      if (body.outcome === 'refused') return { outcome: 'refused', record: { opinion: body.opinion, employerId: null } }
      if (!isWithin(body.region, file.agency)) throw new Refusal('employer_not_established_here', { clause: 'A2.06' })
      const seen = {
        credit_code: must(file.state.creditCode, 'credit code of a registration'),
        name: body.name,
        region: body.region,
        industry: body.industry,
      }
      const employerId = await registerFrom(work, seen, file.agency)
      return { outcome: 'registered', record: { opinion: body.opinion, employerId }, subject: { employerId } }
    },
    fold: (state, { body }) => ({ ...state, employerId: body.employerId }),
  })

  return defineFlow<State>({
    id: 'employer-registration',
    service: 'employer-registration',
    version: 1,
    title: { zh: '用人单位参保登记', en: 'Registration of an employer' },
    numberPrefix: 'DJ',
    state: registrationState,
    initial: { creditCode: null, employerId: null },
    statuses: {
      registered: { title: { zh: '已登记', en: 'Registered' }, final: true },
      refused: { title: { zh: '不予登记', en: 'Not registered' }, final: true },
      referred: { title: { zh: '待人工核实', en: 'To be checked by people' }, task: { role: 'review' } },
    },
    steps: { register, decide },
    summary: ({ state }) => ({ creditCode: state.creditCode }),
  })
}

async function registerFrom(work: Work, shared: Omit<SharedRecord, 'state'>, agency: string): Promise<Id> {
  const { employerId } = await registerEmployer(work, {
    creditCode: shared.credit_code,
    name: shared.name,
    region: shared.region,
    agency,
    industry: shared.industry,
  })
  return employerId
}
