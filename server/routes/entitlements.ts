import { z } from 'zod'
import { BadInput, type BothLanguages, renderMessage, schemaFen, type Work } from '../../ground/door.ts'
import { type ServiceRoute, serviceRoute } from '../../services/contract.ts'
import { type Entitlement, entitlementByRule, entitlementOf, type GivenAnswers } from '../entitlements.ts'
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
    path: z.string().describe('the page of the residents’ portal where it is asked for'),
    amount: z.object({ minFen: schemaFen, maxFen: schemaFen, per: z.enum(['once', 'month']) }).nullable(),
    because: z.string().nullable().describe('the clause of the outcome'),
    meaning: schemaBoth.nullable(),
    advice: schemaBoth.nullable(),
    steps: z.array(schemaBoth).describe('why, where it is granted and every fact is known'),
    question: schemaField
      .extend({ label: schemaBoth, help: schemaBoth.nullable() })
      .nullable()
      .describe('what is worth asking next'),
  })
  .meta({ id: 'Entitlement' })

const schemaAnswers = z.record(z.string(), z.record(z.string(), z.unknown()))

/** One thing that is looked at: how it is called and where asked for, and what can be said of it. */
type Offered = {
  id: string
  title: BothLanguages
  path: string
  installed: InstalledService
  say(work: Work, answers: GivenAnswers): Promise<Entitlement>
}

/** What a person can get: every benefit for persons and what services answer for besides, as far as registers and a few answers reach. Nothing is kept. */
export function entitlementRoutes({ services, cases }: RegionNode): ServiceRoute[] {
  const offered = services.filter(({ isOffered }) => isOffered).flatMap((installed) => offeredOf(installed, cases))
  const known = offered.map(({ id }) => id)
  const house = houseMessages(services)
  const say = async (work: Work, asked: readonly Offered[], answers: z.infer<typeof schemaAnswers>) => {
    const items: z.infer<typeof schemaEntitlement>[] = []
    for (const each of asked) items.push(shown(each, await each.say(work, answers[each.id] ?? {}), house))
    return { items }
  }
  const answer = z.object({ items: z.array(schemaEntitlement) })
  const callers = ['person']
  return [
    serviceRoute({
      method: 'GET',
      path: '/entitlements',
      title: { zh: '我能享受什么（只看登记簿）', en: 'What I can get, by what the registers hold alone' },
      callers,
      answer,
      handle: (work) => say(work, offered, {}),
    }),
    serviceRoute({
      method: 'POST',
      path: '/entitlements',
      title: {
        zh: '我能享受什么',
        en: 'What I can get: what is certain of each benefit, and what is worth asking next',
      },
      callers,
      body: z.strictObject({
        flows: z.array(z.string()).max(200).exactOptional().describe('the benefits looked at; all where left out'),
        answers: schemaAnswers.describe('by flow and field; what is not known is left out'),
      }),
      answer,
      handle(work, { body: { flows, answers } }) {
        requireKnown('flows', flows ?? [], known)
        requireKnown('answers', Object.keys(answers), known)
        const asked = offered.filter(({ id }) => flows === undefined || flows.includes(id))
        return say(work, asked, answers)
      },
    }),
  ]
}

function offeredOf(installed: InstalledService, cases: RegionNode['cases']): Offered[] {
  const { rulebook, parts } = installed
  const benefits = (parts.benefits ?? []).filter(({ benefit }) => benefit.applicant === 'person')
  return [
    ...benefits.map(
      ({ benefit }): Offered => ({
        ...{ id: benefit.id, title: benefit.title, path: `/benefits/${benefit.id}`, installed },
        say: (work, answers) => entitlementOf(work, { benefit, rulebook, cases }, answers),
      }),
    ),
    ...(parts.entitlements ?? []).map(
      (rule): Offered => ({
        ...{ id: rule.id, title: rule.title, path: rule.path, installed },
        say: (work, answers) => entitlementByRule(work, rule, answers),
      }),
    ),
  ]
}

function requireKnown(path: string, flows: readonly string[], known: readonly string[]): void {
  const unknown = flows.filter((flow) => !known.includes(flow))
  if (unknown.length === 0) return
  throw new BadInput(unknown.map((found) => ({ path: `body.${path}`, expected: known.join(' | '), found })))
}

function shown(
  { id, title, path, installed: { service, rulebook } }: Offered,
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
    const label = `form.${id}.${field.name}`
    return { ...field, label: told(label) ?? { zh: field.name, en: field.name }, help: told(`${label}.help`) }
  }
  return {
    ...said,
    ...{ service: service.id, title, path, summary: service.summary },
    ...(refusal && {
      because: refusal.clause ?? null,
      meaning: both((language) => renderMessage(house, language, refusal.code, refusal.params)),
      advice: both((language) => renderMessage(house, language, `${refusal.code}.advice`, refusal.params)),
    }),
    question: question && labelled(question),
  }
}
