import { z } from 'zod'
import type { Benefit } from '../../benefits/door.ts'
import { BadInput, renderMessage, schemaFen } from '../../ground/door.ts'
import { type ServiceRoute, serviceRoute } from '../../services/contract.ts'
import { type Entitlement, entitlementOf } from '../entitlements.ts'
import { houseMessages } from '../house-messages.ts'
import type { InstalledService, RegionNode } from '../node.ts'
import { schemaField } from './benefits.ts'
import { schemaBoth } from './shapes.ts'

const schemaEntitlement = z
  .object({
    flow: z.string(),
    service: z.string(),
    title: schemaBoth,
    summary: schemaBoth,
    state: z
      .enum(['granted', 'refused', 'referred', 'open', 'closed'])
      .describe('what every answer still to come leads to; closed: refused before the rule was asked'),
    amount: z.object({ minFen: schemaFen, maxFen: schemaFen }).nullable(),
    because: z.string().nullable().describe('the clause of the outcome'),
    meaning: schemaBoth.nullable(),
    advice: schemaBoth.nullable(),
    question: schemaField
      .extend({ label: schemaBoth, help: schemaBoth.nullable() })
      .nullable()
      .describe('what is worth asking next'),
  })
  .meta({ id: 'Entitlement' })

const schemaAnswers = z.record(z.string(), z.record(z.string(), z.unknown()))

type Offered = { benefit: Benefit; installed: InstalledService }

/** What a person can get: every benefit for persons, decided as far as registers and a few answers reach. Nothing is kept. */
export function entitlementRoutes({ services }: RegionNode): ServiceRoute[] {
  const offered = services
    .filter(({ isOffered }) => isOffered)
    .flatMap((installed) =>
      (installed.parts.benefits ?? [])
        .filter(({ benefit }) => benefit.applicant === 'person')
        .map(({ benefit }) => ({ benefit, installed })),
    )
  const house = houseMessages(services)
  return [
    serviceRoute({
      method: 'POST',
      path: '/entitlements',
      title: {
        zh: '我能享受什么',
        en: 'What I can get: what is certain of each benefit, and what is worth asking next',
      },
      callers: ['person'],
      body: z.strictObject({
        flows: z.array(z.string()).max(200).exactOptional().describe('the benefits looked at; all where left out'),
        answers: schemaAnswers.describe('by flow and field; what is not known is left out'),
      }),
      answer: z.object({ items: z.array(schemaEntitlement) }),
      async handle(work, { body: { flows, answers } }) {
        const known = offered.map(({ benefit }) => benefit.id)
        requireKnown('flows', flows ?? [], known)
        requireKnown('answers', Object.keys(answers), known)
        const asked = offered.filter(({ benefit }) => flows === undefined || flows.includes(benefit.id))
        const items: z.infer<typeof schemaEntitlement>[] = []
        for (const { benefit, installed } of asked) {
          const given = answers[benefit.id] ?? {}
          const said = await entitlementOf(work, { benefit, rulebook: installed.rulebook }, given)
          items.push(shown({ benefit, installed }, said, house))
        }
        return { items }
      },
    }),
  ]
}

function requireKnown(path: string, flows: readonly string[], known: readonly string[]): void {
  const unknown = flows.filter((flow) => !known.includes(flow))
  if (unknown.length === 0) return
  throw new BadInput(unknown.map((found) => ({ path: `body.${path}`, expected: known.join(' | '), found })))
}

function shown(
  { benefit, installed: { service, rulebook } }: Offered,
  { refusal, question, ...said }: Entitlement,
  house: ReturnType<typeof houseMessages>,
): z.infer<typeof schemaEntitlement> {
  const both = (write: (language: 'zh' | 'en') => string) => ({ zh: write('zh'), en: write('en') })
  const told = (code: string) => {
    const { zh, en } = rulebook.messages
    const [inChinese, inEnglish] = [zh.get(code), en.get(code)]
    return inChinese === undefined || inEnglish === undefined ? null : { zh: inChinese, en: inEnglish }
  }
  const labelled = (field: NonNullable<Entitlement['question']>) => {
    const label = `form.${benefit.id}.${field.name}`
    return { ...field, label: told(label) ?? { zh: field.name, en: field.name }, help: told(`${label}.help`) }
  }
  return {
    ...said,
    ...{ service: service.id, title: benefit.title, summary: service.summary },
    ...(refusal && {
      because: refusal.clause ?? null,
      meaning: both((language) => renderMessage(house, language, refusal.code, refusal.params)),
      advice: both((language) => renderMessage(house, language, `${refusal.code}.advice`, refusal.params)),
    }),
    question: question && labelled(question),
  }
}
