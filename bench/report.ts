import type { CaseLine } from './decisions.ts'
import type { LengthLine, NationLine, PersonsLine } from './growth.ts'
import { medianOf } from './measure.ts'
import { flatRules, type PopulationTable, type Scale } from './populations.ts'
import type { RuleId } from './rules.ts'
import { caseRatios, figure, type Measured, type Target, targetsOf } from './targets.ts'
import type { ManyPoliciesReport } from './tasks.ts'

/** Everything that one run has measured. */
export interface Run extends Measured {
  readonly machine: readonly string[]
  readonly scale: Scale
  readonly persons: readonly PersonsLine[]
  readonly lengths: readonly LengthLine[]
}

/** The report in Markdown. */
export function writeReport(run: Run): string {
  const { machine, scale } = run
  return [
    '# Results',
    '',
    `Written by \`npm run bench\`. Medians of ${scale.runs} runs, each engine in a process of its own; all people are made up. Figures of one run compare`,
    'with each other, not with those of another machine or of an hour when others are at work on it.',
    '',
    ...machine.map((line) => `- ${line}`),
    '',
    ...targetLines(targetsOf(run)),
    ...answerLines(run),
    ...populationLines(run.populations, scale.threads),
    ...caseLines(run.cases),
    ...manyPoliciesLines(run.manyPolicies),
    ...growthLines(run),
    ...nationLines(run.nations),
  ].join('\n')
}

function targetLines(targets: readonly Target[]): string[] {
  const verdict = ({ reached }: Target) => (reached === undefined ? '-' : reached ? 'reached' : '**not reached**')
  const rows = targets.map((target) => [target.work, target.target, target.measured, verdict(target)])
  return ['## Targets', '', ...table(['work', 'target', 'measured', ''], rows)]
}

function answerLines({ answers }: Run): string[] {
  const lines = answers.map(({ rule, rows, edgeRows, engines, differences }) =>
    [
      `- \`${rule}\`: ${rows.toLocaleString('en')} rows, and ${edgeRows.toLocaleString('en')} on or next to the figures of the rule;`,
      `${engines.join(', ')} (\`decide\` on some of them): ${differences.length === 0 ? 'no difference' : differences.join('; ')}`,
    ].join(' '),
  )
  return [
    '## Answers',
    '',
    'Compared row by row, outcome and every fen. DuckDB is compared by totals where it is timed.',
    '',
    ...lines,
    '',
  ]
}

function populationLines(tables: readonly PopulationTable[], threads: number): string[] {
  return [
    '## Populations',
    '',
    `Nanoseconds for one person, columns in memory, with one thread and with ${threads}; beside them how many times ours (totals) takes that.`,
    'C has the figures of the law compiled in, ours reads them from memory so that they can change while it runs. DuckDB and numpy get the',
    'narrowest types they have.',
    '',
    ...tables.flatMap((each) => {
      const own = each.lines.find(({ engine }) => engine === 'ours, WebAssembly, totals')
      const rows = each.lines
        .toSorted((a, b) => (a.one ?? 0) - (b.one ?? 0))
        .map(({ engine, one, all }) => [engine, time(one), time(all), times(one, own?.one), times(all, own?.all)])
      const fewer = each.duckdbRows === each.rows ? '' : ` (DuckDB: ${each.duckdbRows.toLocaleString('en')})`
      const bytes = `${figure(each.bytesPerRow)} bytes each`
      return [
        `### ${each.title}`,
        '',
        `${each.rows.toLocaleString('en')} persons${fewer}, ${bytes}.`,
        '',
        ...table(['', '1 thread', `${threads} threads`, 'times ours', 'times ours'], rows),
      ]
    }),
  ]
}

function caseLines(cases: readonly CaseLine[]): string[] {
  const rows = cases.map(({ label, explains, nanoseconds }) => [
    label,
    ...flatRules.map((rule) => time(nanoseconds.get(rule))),
    explains ? 'yes' : 'no',
  ])
  const against = (label: string, other: string) =>
    caseRatios(cases, label, other)
      .map((ratio) => figure(ratio))
      .join(' / ')
  const traces = [
    'flat trace in slots',
    'flat trace, slots as JSON',
    'tree of steps as JSON',
    'tree of steps told in Chinese',
  ]
  const zen = ['GoRules ZEN with trace, awaited', 'GoRules ZEN with trace, 500 under way']
  return [
    '## One decision',
    '',
    'Nanoseconds. A trace in slots is complete but not yet told; the rows below it do more of the telling.',
    '',
    ...table(['', 'P1', 'P2', 'P3', 'explains'], rows),
    'How many times ZEN with trace takes what each of our ways to tell does (P1 / P2 / P3); a claim stands on all of them:',
    '',
    ...table(
      ['', ...zen],
      traces.map((trace) => [trace, ...zen.map((label) => against(label, trace))]),
    ),
  ]
}

function manyPoliciesLines(report: ManyPoliciesReport): string[] {
  const rows = [
    ['source text read: parsed, units and ranges proved, IR', report.read],
    ['code generated for single decisions', report.prepared],
    ['WebAssembly generated for populations', report.kernels],
    ['one person decided by each, traces in slots', report.traced],
    ['the same, and each trace written down as JSON', report.tracedAsJson],
    ['the same, told in sentences', report.told],
  ] as const
  return [
    `## ${report.policies.toLocaleString('en')} policies`,
    '',
    'Variants of four real ones, each under a name of its own. Milliseconds for all of them together.',
    '',
    ...table(
      ['', 'ms'],
      rows.map(([what, milliseconds]) => [what, figure(milliseconds)]),
    ),
  ]
}

function growthLines({ persons, lengths }: Run): string[] {
  const personRows = persons.map(({ rows, milliseconds }) => [
    rows.toLocaleString('en'),
    figure(milliseconds),
    figure((milliseconds * 1e6) / rows),
  ])
  const lengthRows = lengths.map(({ statements, ...line }) => [
    statements.toLocaleString('en'),
    ...[line.readMilliseconds, line.traceNanoseconds, line.kernelNanosecondsPerRow].map(figure),
    figure(line.kernelNanosecondsPerRow / statements),
  ])
  return [
    '## Growth',
    '',
    'P1 with one thread, everything from the call of `batch` to its totals:',
    '',
    ...table(['persons', 'ms', 'ns a person'], personRows),
    'Made-up rules of growing length:',
    '',
    ...table(
      ['statements', 'read, ms', 'one trace, ns', 'kernel, ns a person', 'ns a person and statement'],
      lengthRows,
    ),
  ]
}

function nationLines(nations: readonly NationLine[]): string[] {
  if (nations.length === 0) return []
  const names: Partial<Record<RuleId, string>> = {
    contributions: 'P3',
    'stability-refund': 'P1',
    'skill-subsidy-flat': 'P2',
  }
  const rows = nations.map(({ task, milliseconds, bytesPerRow, peakBytes }) => [
    `${(task.rows / 1e6).toLocaleString('en')} million x ${names[task.rule]}, ${task.stored ? 'every outcome stored' : 'totals'}`,
    figure(medianOf(milliseconds) / 1_000),
    figure((bytesPerRow * task.rows) / 2 ** 30),
    figure(peakBytes / 2 ** 30),
  ])
  return ['## A nation', '', ...table(['', 'seconds', 'GiB of columns', 'GiB of memory at most'], rows)]
}

function time(nanoseconds: number | undefined): string {
  return nanoseconds === undefined ? '-' : figure(nanoseconds)
}

function times(nanoseconds: number | undefined, own: number | undefined): string {
  return nanoseconds === undefined || own === undefined ? '-' : figure(nanoseconds / own)
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string[] {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`
  return [line(head), line(head.map((_, place) => (place === 0 ? '---' : '---:'))), ...rows.map(line), '']
}
