import { z } from 'zod'
import { asActor, must, systemActor, type Work } from '../../ground/door.ts'
import type { Rulebook } from '../../law/door.ts'
import { type ServiceRoute, serviceRoute } from '../contract.ts'
import { checkMessage } from './checker.ts'
import { countReports, recordReport } from './reports.ts'
import { readSignData } from './sign-data.ts'

const pasted = z.strictObject({ text: z.string().min(1).max(5_000) })
const level = z.enum(['likely_fraud', 'doubtful', 'no_sign'])
const counts = z.array(z.object({ what: z.string(), count: z.int() }))

/** Checking a message and reporting it, open to everybody; and what was reported, for supervision. */
export function messageRoutes(rulebook: Rulebook): ServiceRoute[] {
  const data = readSignData()

  return [
    serviceRoute({
      method: 'POST',
      path: '/check',
      title: {
        zh: '识别可疑信息',
        en: 'The warning signs of a message; nothing of it is kept, and no word of it is answered',
      },
      callers: ['public'],
      body: pasted,
      answer: z.object({
        level,
        because: z.string(),
        signs: z.array(
          z.object({
            sign: z.string().describe('message codes `choices.<sign>` and `signs.<sign>.why`'),
            places: z.array(z.object({ from: z.int(), to: z.int() })).describe('UTF-16 offsets in the text as sent'),
          }),
        ),
        signsVersion: z.string(),
      }),
      async handle(work, { body: { text } }) {
        const { hosts: _, ...found } = await judge(work, text)
        return found
      },
    }),
    serviceRoute({
      method: 'POST',
      path: '/reports',
      title: { zh: '举报可疑信息', en: 'Report a message: its signs and sites are kept, not its words' },
      callers: ['public'],
      body: pasted,
      answer: z.object({ level, signs: z.array(z.string()), hosts: z.array(z.string()) }),
      async handle(work, { body: { text } }) {
        const found = await judge(work, text)
        const report = { level: found.level, signs: found.signs.map(({ sign }) => sign), hosts: found.hosts }
        await recordReport(work, { ...report, signsVersion: found.signsVersion })
        return report
      },
    }),
    serviceRoute({
      method: 'GET',
      path: '/reports',
      title: { zh: '举报情况', en: 'What was reported in the last days' },
      callers: ['supervisor', 'audit', 'control'],
      query: z.object({ days: z.coerce.number().int().min(1).max(366).default(30) }),
      answer: z.object({ messages: z.int(), signs: counts, hosts: counts }),
      handle: (work, { query }) => countReports(work, query.days),
    }),
  ]

  /** The signs of a message, and how far they speak for fraud by the rule. */
  function judge(work: Work, text: string) {
    return asActor(work, systemActor, async (system) => {
      const at = { on: work.today, insuredRegion: work.node.region }
      const monthOf = async (name: string) => Number((await rulebook.valueOf(system, name, at)).value)
      const window = { firstMonth: await monthOf('windowFirstMonth'), lastMonth: await monthOf('windowLastMonth') }
      const { signs, hosts } = checkMessage(text, data, window)
      const { decision } = await rulebook.decide(system, {
        ...at,
        policy: 'message-level',
        facts: { signs: signs.map(({ sign }) => sign) },
      })
      const found = level.parse(must(decision.results.level, 'level of a message').value)
      return { level: found, because: decision.because, signs, hosts, signsVersion: data.version }
    })
  }
}
