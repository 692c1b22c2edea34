import { defineWords, type Enrolment, useSpeech, useTeller } from '../../kit/door.ts'
import { DataTable, dayColumn, useRegionNames } from '../../kit/staff/door.ts'

const words = defineWords({
  insurance: { zh: '险种', en: 'Insurance' },
  agency: { zh: '参保机构', en: 'Agency' },
  relation: { zh: '参保关系', en: 'Relation' },
  from: { zh: '起', en: 'From' },
  to: { zh: '止', en: 'To' },
  none: { zh: '没有有效的参保', en: 'No enrolment in force' },
  contributing: { zh: '连续缴费', en: 'contributing' },
  not_contributing: { zh: '未连续缴费', en: 'not contributing' },
  work_injury: { zh: '工伤保险', en: 'work injury' },
  pension: { zh: '养老保险', en: 'pension' },
  unemployment: { zh: '失业保险', en: 'unemployment' },
  medical: { zh: '医疗保险', en: 'medical' },
  active: { zh: '在保', en: 'active' },
  retired: { zh: '退休', en: 'retired' },
  terminated: { zh: '终止', en: 'terminated' },
})

/** The enrolments of a person. */
export function PersonEnrolments({ enrolments }: { enrolments: readonly Enrolment[] }) {
  const speech = useSpeech()
  const { say } = speech
  const { tell } = useTeller()
  const regionName = useRegionNames(enrolments.map(({ agency }) => agency))
  const wordOf = (code: string) => {
    const known = Object.entries(words).find(([name]) => name === code)
    return known ? say(known[1]) : tell(code)
  }
  return (
    <DataTable<Enrolment>
      rowKey="enrolmentId"
      dataSource={[...enrolments]}
      emptyText={say(words.none)}
      columns={[
        { title: say(words.insurance), key: 'insurance', render: (_, { insurance }) => wordOf(insurance) },
        { title: say(words.agency), key: 'agency', render: (_, { agency }) => regionName(agency) },
        {
          title: say(words.relation),
          key: 'relation',
          render: (_, { relation, contributingContinuously }) =>
            `${wordOf(relation)} · ${say(contributingContinuously ? words.contributing : words.not_contributing)}`,
        },
        dayColumn(say(words.from), ({ from }) => from, speech),
        dayColumn(say(words.to), ({ to }) => to, speech),
      ]}
    />
  )
}
