import { defineWords, type Enrolment, useSpeech, useTeller } from '../../kit/door.ts'
import { DataTable, dayColumn, FactList, useRegionNames } from '../../kit/staff/door.ts'

const words = defineWords({
  insurance: { zh: '险种', en: 'Insurance' },
  agency: { zh: '参保机构', en: 'Agency' },
  relation: { zh: '参保关系', en: 'Relation' },
  from: { zh: '起', en: 'From' },
  to: { zh: '止', en: 'To' },
  since: { zh: '{day} 起', en: 'since {day}' },
  none: { zh: '没有有效的参保', en: 'No enrolment in force' },
  contributing: { zh: '连续缴费', en: 'contributing' },
  not_contributing: { zh: '未连续缴费', en: 'not contributing' },
  work_injury: { zh: '工伤保险', en: 'work injury' },
  pension: { zh: '养老保险', en: 'pension' },
  resident_pension: { zh: '城乡居民养老保险', en: 'resident pension' },
  unemployment: { zh: '失业保险', en: 'unemployment' },
  medical: { zh: '医疗保险', en: 'medical' },
  active: { zh: '在保', en: 'active' },
  retired: { zh: '退休', en: 'retired' },
  terminated: { zh: '终止', en: 'terminated' },
})

/** How the parts of an enrolment are said. */
function useEnrolmentWords(enrolments: readonly Enrolment[]) {
  const { say } = useSpeech()
  const { tell } = useTeller()
  const regionName = useRegionNames(enrolments.map(({ agency }) => agency))
  const wordOf = (code: string) => {
    const known = Object.entries(words).find(([name]) => name === code)
    return known ? say(known[1]) : tell(code)
  }
  return {
    insurance: ({ insurance }: Enrolment) => wordOf(insurance),
    agency: ({ agency }: Enrolment) => regionName(agency),
    relation: ({ relation, contributingContinuously }: Enrolment) =>
      `${wordOf(relation)} · ${say(contributingContinuously ? words.contributing : words.not_contributing)}`,
  }
}

/** The enrolments of a person beside a case, a line for each. */
export function EnrolmentFacts({ enrolments }: { enrolments: readonly Enrolment[] }) {
  const { say, day } = useSpeech()
  const inWords = useEnrolmentWords(enrolments)
  if (enrolments.length === 0) return <span className="staff-quiet">{say(words.none)}</span>
  return (
    <FactList
      columns={1}
      facts={enrolments.map((enrolment) => ({
        label: inWords.insurance(enrolment),
        value: `${inWords.agency(enrolment)} · ${inWords.relation(enrolment)} · ${say(words.since, { day: day(enrolment.from) })}`,
      }))}
    />
  )
}

/** The enrolments of a person. */
export function PersonEnrolments({ enrolments }: { enrolments: readonly Enrolment[] }) {
  const speech = useSpeech()
  const { say } = speech
  const inWords = useEnrolmentWords(enrolments)
  return (
    <DataTable<Enrolment>
      rowKey="enrolmentId"
      dataSource={[...enrolments]}
      emptyText={say(words.none)}
      columns={[
        { title: say(words.insurance), key: 'insurance', render: (_, row) => inWords.insurance(row) },
        { title: say(words.agency), key: 'agency', render: (_, row) => inWords.agency(row) },
        { title: say(words.relation), key: 'relation', render: (_, row) => inWords.relation(row) },
        dayColumn(say(words.from), ({ from }) => from, speech),
        dayColumn(say(words.to), ({ to }) => to, speech),
      ]}
    />
  )
}
