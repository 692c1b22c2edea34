import exceljs from 'exceljs'
import type { Language } from '../../ground/door.ts'
import { getRegion } from '../../law/door.ts'
import { findBody } from '../regional-policy.ts'
import type { ServiceRules } from '../services.ts'
import type { KeptRun, RunResult } from './runs.ts'

const words = {
  zh: {
    run: '测算',
    ...{
      policy: '政策',
      on: '按哪一天的规定',
      people: '合成样本数',
      seed: '种子',
      change: '改动',
      by: '测算人',
      at: '完成时间',
    },
    ...{ rule: '规则摘要（sha256）', values: '数值摘要（sha256）', synthetic: '合成人群试算，不是统计' },
    ...{
      region: '地区',
      all: '合计',
      before: '现行（元）',
      after: '改后（元）',
      grantedBefore: '现行准予',
      grantedAfter: '改后准予',
    },
    ...{ more: '金额增加', less: '金额减少', same: '不变', newly: '新获准予', no: '不再准予' },
    ...{ outcomes: '判定结果', outcome: '结果', clause: '条款', wasCount: '现行例数', isCount: '改后例数' },
    ...{ changes: '变动的大小', from: '从（元）', to: '到（元）', rows: '例数' },
    ...{ grant: '准予', refuse: '不予', refer: '转人工' },
  },
  en: {
    run: 'Run',
    ...{
      policy: 'Policy',
      on: 'Law of the day',
      people: 'Made-up cases',
      seed: 'Seed',
      change: 'Change',
      by: 'Run by',
      at: 'Finished at',
    },
    ...{ rule: 'Rule (sha256)', values: 'Values (sha256)', synthetic: 'tried on made-up people, no statistics' },
    ...{
      region: 'Region',
      all: 'All',
      before: 'Now (yuan)',
      after: 'Then (yuan)',
      grantedBefore: 'Granted now',
      grantedAfter: 'Granted then',
    },
    ...{ more: 'More', less: 'Less', same: 'The same', newly: 'Newly granted', no: 'No longer granted' },
    ...{ outcomes: 'Outcomes', outcome: 'Outcome', clause: 'Clause', wasCount: 'Cases now', isCount: 'Cases then' },
    ...{ changes: 'Size of the changes', from: 'From (yuan)', to: 'To (yuan)', rows: 'Cases' },
    ...{ grant: 'Granted', refuse: 'Refused', refer: 'Referred' },
  },
}

/** A kept run as an Excel workbook: what was asked by whom, regions, outcomes, sizes of the changes. Sums of money in yuan. */
export async function runReport(
  { rulebook }: ServiceRules,
  run: KeptRun,
  by: string,
  language: Language,
): Promise<Uint8Array> {
  const word = words[language]
  const { question, result } = run
  const label = (key: string, other: string) => rulebook.messages[language].get(key) ?? other
  const bodies = rulebook.policies.filter(({ ir }) => ir.id === question.policy)
  const title = bodies.flatMap(({ ir }) => findBody(ir, question.on)?.title[language] ?? [])[0] ?? question.policy
  const book = new exceljs.Workbook()
  const sheet = (name: string, rows: (string | number)[][]) => {
    const made = book.addWorksheet(name)
    for (const row of rows) made.addRow(row)
    for (const column of made.columns) column.width = 22
  }
  sheet(word.run, [
    [word.policy, `${title} (${question.policy})`],
    [word.synthetic],
    [word.on, question.on],
    [word.people, question.people],
    [word.seed, question.seed],
    ...question.changes.map(({ name, key, value }) => [
      word.change,
      `${label(`values.${name}`, name)}${key === undefined ? '' : ` (${label(`choices.${key}`, key)})`}`,
      typeof value === 'boolean' ? String(value) : value,
    ]),
    [word.by, by],
    [word.at, run.finishedAt],
    [word.rule, run.irHash],
    ...Object.entries(run.valuesHashes).map(([region, hash]) => [word.values, getRegion(region).name[language], hash]),
  ])
  sheet(word.region, regionRows(result, language))
  sheet(word.outcomes, [
    [word.outcome, '', word.clause, word.wasCount, word.isCount],
    ...result.ends.map(({ outcome, reason, clause }, index) => [
      word[outcome],
      reason === null ? '' : label(`reasons.${reason}`, reason),
      label(`clauses.${clause}`, clause),
      result.all.before.ends[index] ?? 0,
      result.all.after.ends[index] ?? 0,
    ]),
  ])
  if (result.amount !== null) {
    const rows = result.bins.map(({ from, to, rows: cases }) => [from / 100, to / 100, cases])
    sheet(word.changes, [[word.from, word.to, word.rows], ...rows])
  }
  return new Uint8Array(await book.xlsx.writeBuffer())
}

function regionRows({ amount, regions, all, groups }: RunResult, language: Language): (string | number)[][] {
  const word = words[language]
  const row = (name: string, group: RunResult['all']) => [
    name,
    ...(amount === null ? [] : [Number(group.before.cost) / 100, Number(group.after.cost) / 100]),
    ...[group.before.granted, group.after.granted, group.winners.rows, group.losers.rows, group.unchanged],
    ...[group.newlyGranted, group.noLongerGranted],
  ]
  const heads = [
    word.region,
    ...(amount === null ? [] : [word.before, word.after]),
    ...[word.grantedBefore, word.grantedAfter, word.more, word.less, word.same, word.newly, word.no],
  ]
  const named = groups.map((group, index) => row(getRegion(regions[index] ?? '000000').name[language], group))
  return [heads, ...named, row(word.all, all)]
}
