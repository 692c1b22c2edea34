import { BadInput, type Language, type Refusal, renderMessage } from '../../ground/door.ts'
import { getRegion } from '../../law/door.ts'
import { houseMessages } from '../house-messages.ts'
import {
  type MoneyPoliciesQuestion,
  type MoneyPoliciesRun,
  type MoneyPolicyRun,
  runMoneyPolicies,
} from '../money-policies.ts'
import { openServiceRules, type ServiceRules } from '../services.ts'
import { readDay } from './rule-input.ts'
import { clearProgress, runInterruptibly, type SimulateOptions, wholeNumber } from './simulate.ts'
import { aligned, count, sumText } from './text-table.ts'

/** The options of `tongban simulate` without a policy, as typed. */
export type SimulateAllOptions = Pick<SimulateOptions, 'on' | 'people' | 'seed' | 'json' | 'lang'> &
  Partial<Pick<SimulateOptions, 'set' | 'region' | 'rule' | 'amount'>>

const words = {
  zh: {
    heads: ['政策', '名称', '适用日', '地区', '准予', '不予', '交人工', '支出（元）', '人均（元）'],
    synthetic: '每项政策各用自己的合成人群，不是统计；各项人群不同，支出不可相加',
    people: '每项合成人数',
    regions: (number: number) => `${number} 个地区`,
    unrun: '未能试算',
    notInForce: '这一天没有生效的版本',
    colon: '：',
  },
  en: {
    heads: ['Policy', 'Name', 'Day', 'Region', 'Granted', 'Refused', 'To people', 'Cost (yuan)', 'Each (yuan)'],
    synthetic: 'each policy on made-up people of its own, no statistics; they differ, so costs do not add up',
    people: 'Synthetic people for each',
    regions: (number: number) => `${number} regions`,
    unrun: 'Not run',
    notInForce: 'no version is in force on that day',
    colon: ': ',
  },
}

/**
 * Decides every policy that grants money for made-up people and prints one table, without server or database. Exit code 0 when it ran, also
 * where a policy has no figures on the day (it says so); 2 for input that does not parse; 130 when interrupted.
 */
export async function simulateAll(options: SimulateAllOptions): Promise<number> {
  const services = await openServiceRules()
  return runInterruptibly(options, async (control) => {
    requireNoPolicyOptions(options)
    const question = {
      on: readDay(options.on),
      people: wholeNumber('people', options.people),
      seed: wholeNumber('seed', options.seed),
    }
    const run = await runMoneyPolicies(services, question, control)
    clearProgress()
    const lines = options.json ? [moneyPoliciesJson(run)] : moneyPoliciesLines(services, question, run, options.lang)
    console.log(lines.join('\n'))
  })
}

/** What belongs to one policy is not left aside in silence. */
function requireNoPolicyOptions({ set = [], region = [], rule, amount }: SimulateAllOptions): void {
  const given = { set: set[0], region: region[0], rule, amount }
  const problems = Object.entries(given).flatMap(([path, found]) =>
    found === undefined ? [] : [{ path, expected: 'only together with a policy', found }],
  )
  if (problems.length > 0) throw new BadInput(problems)
}

/** The run for reading in a terminal: a line for each policy, then what could not be run and why. */
export function moneyPoliciesLines(
  services: readonly ServiceRules[],
  { people }: MoneyPoliciesQuestion,
  { runs, unrun }: MoneyPoliciesRun,
  language: Language,
): string[] {
  const word = words[language]
  const messages = houseMessages(services)
  const reason = (because: Refusal | 'not_in_force') =>
    because === 'not_in_force' ? word.notInForce : renderMessage(messages, language, because.code, because.params)
  return [
    `${word.people}${word.colon}${count(people, language)} (${word.synthetic})`,
    '',
    ...aligned([word.heads, ...runs.map((run) => cellsOf(run, language))], 4),
    ...(unrun.length > 0 ? ['', word.unrun] : []),
    ...unrun.map(({ policy, on, because }) => `  ${policy} (${on})${word.colon}${reason(because)}`),
  ]
}

/** The same for programs; sums as decimal text in fen, since they may be larger than a number of JSON can be trusted with. */
export function moneyPoliciesJson({ runs, unrun }: MoneyPoliciesRun): string {
  const told = unrun.map(({ because, ...policy }) => ({
    ...policy,
    because: because === 'not_in_force' ? because : { code: because.code, params: because.params },
  }))
  return JSON.stringify({ runs, unrun: told }, (_, value) => (typeof value === 'bigint' ? String(value) : value), 2)
}

function cellsOf(run: MoneyPolicyRun, language: Language): string[] {
  const [region = ''] = run.regions
  return [
    run.policy,
    run.title[language],
    run.on,
    run.regions.length === 1 ? getRegion(region).name[language] : words[language].regions(run.regions.length),
    ...[run.granted, run.refused, run.referred].map((rows) => count(rows, language)),
    sumText(run.cost, 'fen', language),
    run.granted === 0 ? '-' : sumText(run.cost / BigInt(run.granted), 'fen', language),
  ]
}
