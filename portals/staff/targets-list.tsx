import { Progress, Skeleton, Tag } from 'antd'
import {
  type AnswerOf,
  defineWords,
  fetchedPart,
  formatRatePpm,
  Later,
  Link,
  useAction,
  useApi,
  useSignedIn,
  useSpeech,
} from '../../kit/door.ts'
import { DataTable, FieldsForm, type FieldValues, ProblemAlert, useRegionNames } from '../../kit/staff/door.ts'

// The library of charts is loaded only when somebody opens the course of a target.
const TargetCourse = fetchedPart(async () => (await import('./targets-course.tsx')).TargetCourse)

const words = defineWords({
  region: { zh: '地区', en: 'Region' },
  indicator: { zh: '指标', en: 'Indicator' },
  target: { zh: '目标', en: 'Target' },
  period: { zh: '期限', en: 'Period' },
  reached: { zh: '最近完成情况', en: 'Last reported' },
  progress: { zh: '进度', en: 'Progress' },
  outcome: { zh: '结论', en: 'Outcome' },
  requirement: { zh: '出处', en: 'Requirement' },
  source: { zh: '刊期', en: 'Printed in' },
  services: { zh: '有关事项 {count} 个', en: '{count} services' },
  met: { zh: '达到', en: 'met' },
  not_met: { zh: '尚未达到', en: 'not met' },
  information: { zh: '仅供参考', en: 'information only' },
  missing: { zh: '差 {missing}', en: 'lacks {missing}' },
  tooMuch: { zh: '超出 {missing}', en: 'over by {missing}' },
  unreported: { zh: '尚未报告', en: 'not reported' },
  assumed: { zh: '暂定', en: 'provisional' },
  on: { zh: '日期', en: 'Day' },
  report: { zh: '报告完成情况', en: 'Report' },
  reportHelp: {
    zh: '报告本地区的数字；同一天再报即为更正，旧版本保留。',
    en: 'For your own region; the same day again is a correction, and the earlier version stays.',
  },
  value: { zh: '数值', en: 'Number' },
  whole: { zh: '总数', en: 'Of how many' },
  takenFrom: { zh: '数据来源', en: 'Taken from' },
  version: { zh: '第 {version} 版', en: 'version {version}' },
})

/** A target as the server tells it. */
export type Target = AnswerOf<'GET /registers/targets'>['items'][number]
type Report = Target['actuals'][number]

const colours = { met: 'success', not_met: 'warning', information: 'default' } as const

/** Targets as a table: each with its last report, held against it by its own comparison; opened, every report by day. */
export function TargetList({ targets }: { targets: readonly Target[] }) {
  const { say, day } = useSpeech()
  const { acting } = useSignedIn()
  const own = useApi().region
  // A region reports of its own targets and of those of the nation.
  const mayReport = (region: string) =>
    ['values_admin', 'supervisor'].includes(acting.role ?? '') && (region === '000000' || region === own)
  const regionName = useRegionNames(
    targets.flatMap(({ region, actuals }) => [region, ...actuals.map((each) => each.region)]),
  )
  return (
    <DataTable<Target>
      rowKey="id"
      dataSource={[...targets]}
      columns={[
        { title: say(words.region), key: 'region', render: (_, { region }) => regionName(region) },
        {
          title: say(words.indicator),
          key: 'indicator',
          render: (_, { indicator, assumed }) => (
            <>
              {say(indicator)} {assumed && <Tag>{say(words.assumed)}</Tag>}
            </>
          ),
        },
        { title: say(words.target), key: 'target', className: 'staff-nowrap', render: (_, { shown }) => say(shown) },
        { title: say(words.period), key: 'period', render: (_, { period }) => say(period) },
        {
          title: say(words.reached),
          key: 'reached',
          render: (_, { actuals: [last] }) => (last ? `${say(last.shown)} · ${day(last.on)}` : say(words.unreported)),
        },
        { title: say(words.progress), key: 'progress', width: 180, render: (_, target) => <Bar target={target} /> },
        { title: say(words.outcome), key: 'outcome', render: (_, target) => <Outcome target={target} /> },
        {
          title: say(words.requirement),
          key: 'requirement',
          render: (_, { requirement, services, source }) => (
            <>
              {requirement !== null && (
                <Link to={`/targets?requirement=${requirement.split('.')[0]}`}>{requirement}</Link>
              )}{' '}
              <span className="staff-quiet">
                {source}
                {services.length > 0 && ` · ${say(words.services, { count: services.length })}`}
              </span>
            </>
          ),
        },
      ]}
      expandable={{
        rowExpandable: ({ actuals, note, region }) => mayReport(region) || actuals.length > 0 || note !== null,
        expandedRowRender: (target) => (
          <div className="staff-stack">
            <Reports target={target} regionName={regionName} />
            {mayReport(target.region) && <ReportForm target={target} />}
          </div>
        ),
      }}
    />
  )
}

/** A limit that must not be passed is full when it is reached; the words beside it say how it is. */
function Bar({ target: { actuals, indicator } }: { target: Target }) {
  const { say } = useSpeech()
  const [last] = actuals
  if (!last || last.ratioPpm === null) return '—'
  const percent = Math.round(last.ratioPpm / 1000) / 10
  return (
    <Progress
      aria-label={say(indicator)}
      percent={Math.min(percent, 100)}
      size="small"
      strokeColor={last.outcome === 'not_met' ? '#d4720b' : last.outcome === 'met' ? '#2f7d32' : '#6b7885'}
      format={() => formatRatePpm(last.ratioPpm ?? 0)}
    />
  )
}

function Outcome({ target: { actuals, comparison } }: { target: Target }) {
  const { say } = useSpeech()
  const [last] = actuals
  if (!last) return '—'
  const { outcome, missing } = last
  return (
    <>
      <Tag color={colours[outcome]}>{say(words[outcome])}</Tag>
      {missing !== null && (
        <span className="staff-quiet">
          {say(comparison === 'at_most' ? words.tooMuch : words.missing, { missing: say(missing) })}
        </span>
      )}
    </>
  )
}

function Reports({ target, regionName }: { target: Target; regionName: (code: string | null) => string }) {
  const { say, day } = useSpeech()
  return (
    <div className="staff-stack">
      {target.note && <span className="staff-quiet">{say(target.note)}</span>}
      {target.actuals.length > 1 && (
        <Later isWithinPage place="course" meanwhile={<Skeleton.Node active />}>
          <TargetCourse target={target} />
        </Later>
      )}
      {target.actuals.length > 0 && (
        <DataTable<Report>
          rowKey={({ region, on }) => `${region} ${on}`}
          dataSource={target.actuals}
          pagination={false}
          columns={[
            { title: say(words.on), key: 'on', render: (_, { on }) => day(on) },
            { title: say(words.region), key: 'region', render: (_, { region }) => regionName(region) },
            { title: say(words.reached), key: 'shown', render: (_, { shown }) => say(shown) },
            { title: say(words.outcome), key: 'outcome', render: (_, { outcome }) => say(words[outcome]) },
            {
              title: '',
              key: 'version',
              render: (_, { version }) => (version > 1 ? say(words.version, { version }) : ''),
            },
          ]}
        />
      )}
    </div>
  )
}

function ReportForm({ target: { id, unit } }: { target: Target }) {
  const { say } = useSpeech()
  const api = useApi()
  const reporting = useAction((values: FieldValues, key) => api.post(`/registers/targets/${id}/actuals`, values, key))
  return (
    <details className="staff-report">
      <summary>{say(words.report)}</summary>
      <p className="staff-quiet">{say(words.reportHelp)}</p>
      <FieldsForm
        fields={[
          { name: 'on', label: words.on, kind: 'date', required: true },
          { name: 'value', label: words.value, kind: 'text', required: true },
          ...(unit === 'share' ? [{ name: 'whole', label: words.whole, kind: 'text' as const, required: true }] : []),
          { name: 'source', label: words.takenFrom, kind: 'text', required: true },
        ]}
        submitLabel={say(words.report)}
        isSubmitting={reporting.isPending}
        onSubmit={(values) => reporting.mutate(values)}
      />
      <ProblemAlert error={reporting.error} />
    </details>
  )
}
