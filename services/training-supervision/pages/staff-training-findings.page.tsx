import { Button, Select, Space, Tag } from 'antd'
import { useState } from 'react'
import {
  defineWords,
  go,
  Link,
  type ServicePage,
  type StepTaken,
  useAction,
  useApi,
  useSpeech,
  useTeller,
} from '../../../kit/door.ts'
import { DataTable, ProblemAlert, RiskTag, StaffPage } from '../../../kit/staff/door.ts'
import { type Finding, serviceId, supervisionFlow, trainingWords, useFindings } from './words.ts'

const words = defineWords({
  title: { zh: '培训疑点', en: 'Findings in training' },
  summary: {
    zh: '系统比对考勤、名单、证书、款项发现的疑点，严重的在前。疑点不是结论，机构有权陈述申辩。',
    en: 'What comparing attendance, lists, certificates and money found, the gravest first. A finding is no judgement.',
  },
  level: { zh: '程度', en: 'Level' },
  what: { zh: '疑点', en: 'What was found' },
  violation: { zh: '涉嫌', en: 'Suspected' },
  evidence: { zh: '依据', en: 'Stands on' },
  records: { zh: '{count} 条记录', en: '{count} records' },
  foundOn: { zh: '发现日期', en: 'Found on' },
  detect: { zh: '立即比对', en: 'Compare now' },
  open: { zh: '立案', en: 'Open a case' },
  everyRule: { zh: '全部疑点', en: 'All findings' },
})

/** What the detectors found, ranked; from each to its class and records, and to a case. */
export const page: ServicePage = {
  id: 'training-findings',
  title: words.title,
  roles: ['supervisor', 'review', 'approve', 'audit'],
  order: 60,
  path: '/training/findings',
  Component: FindingsPage,
}

function FindingsPage() {
  const api = useApi()
  const { say, day } = useSpeech()
  const { tell } = useTeller(serviceId)
  const [violation, setViolation] = useState('')
  const findings = useFindings()
  const detect = useAction((_: 'now', key) => api.post(`/services/${serviceId}/detections`, {}, key))
  const openCase = useAction(
    ({ classId, findingIds }: { classId: string; findingIds: string[] }, key) =>
      api.post<StepTaken>('/cases', { flow: supervisionFlow, body: { classId, findingIds } }, key),
    { onSuccess: ({ caseId }) => go(`/cases/${caseId}`) },
  )
  const items = findings.data?.items ?? []
  const shown = items.filter((each) => violation === '' || each.violation === violation)
  const ofClass = ({ classId }: Finding) =>
    items.filter((each) => each.classId === classId).map(({ findingId }) => findingId)
  return (
    <StaffPage
      title={say(words.title)}
      summary={say(words.summary)}
      actions={
        <Space>
          <Select
            value={violation}
            onChange={setViolation}
            aria-label={say(words.violation)}
            style={{ minWidth: 180 }}
            options={[
              { value: '', label: say(words.everyRule) },
              ...[...new Set(items.map((each) => each.violation))].map((value) => ({
                value,
                label: tell(`choices.${value}`),
              })),
            ]}
          />
          <Button onClick={() => detect.mutate('now')} loading={detect.isPending}>
            {say(words.detect)}
          </Button>
        </Space>
      }
    >
      <ProblemAlert error={findings.error ?? detect.error ?? openCase.error} />
      <DataTable<Finding>
        rowKey="findingId"
        loading={findings.isPending}
        dataSource={shown}
        columns={[
          { title: say(words.level), key: 'level', render: (_, { level }) => <RiskTag level={level} /> },
          {
            title: say(trainingWords.class),
            key: 'class',
            render: (_, { classId, classNumber }) => <Link to={`/training/classes/${classId}`}>{classNumber}</Link>,
          },
          { title: say(words.what), key: 'what', render: (_, { rule, params }) => tell(`finding.${rule}`, params) },
          {
            title: say(words.violation),
            key: 'violation',
            render: (_, each) => <Tag>{tell(`choices.${each.violation}`)}</Tag>,
          },
          {
            title: say(words.evidence),
            key: 'evidence',
            render: (_, { evidence }) => say(words.records, { count: evidence.length }),
          },
          { title: say(words.foundOn), key: 'foundOn', render: (_, { foundOn }) => day(foundOn) },
          {
            title: '',
            key: 'open',
            render: (_, each) => (
              <Button
                size="small"
                disabled={openCase.isPending}
                onClick={() => openCase.mutate({ classId: each.classId, findingIds: ofClass(each) })}
              >
                {say(words.open)}
              </Button>
            ),
          },
        ]}
      />
    </StaffPage>
  )
}
