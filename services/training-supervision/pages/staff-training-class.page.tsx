import { Alert, Button, Space, Tag, Typography, Upload } from 'antd'
import { useState } from 'react'
import {
  defineWords,
  type ServicePage,
  useAction,
  useApi,
  useSignedIn,
  useSpeech,
  useTeller,
} from '../../../kit/door.ts'
import { DataTable, FactList, FieldsForm, Loaded, ProblemAlert, StaffPage } from '../../../kit/staff/door.ts'
import { type ClassView, type Finding, serviceId, trainingWords, useClass, useFindings } from './words.ts'

const words = defineWords({
  title: { zh: '培训班', en: 'Class' },
  taughtBy: { zh: '实际授课机构', en: 'Really taught by' },
  joint_schooling: { zh: '联合办学', en: 'joint schooling' },
  cooperation: { zh: '培训合作', en: 'cooperation' },
  name: { zh: '姓名', en: 'Name' },
  idNumber: { zh: '证件号码', en: 'Identity number' },
  attendances: { zh: '签到次数', en: 'Attendances' },
  assessment: { zh: '考核', en: 'Assessment' },
  passed: { zh: '合格', en: 'passed' },
  failed: { zh: '不合格', en: 'failed' },
  certificate: { zh: '证书编号', en: 'Certificate' },
  came: { zh: '签到', en: 'Came' },
  left: { zh: '签退', en: 'Left' },
  device: { zh: '设备', en: 'Device' },
  terminal: { zh: '考勤机', en: 'terminal' },
  phone: { zh: '手机', en: 'telephone' },
  practice: { zh: '实践 {count} 年', en: '{count} years of practice' },
  fit: { zh: '符合条件', en: 'fit' },
  unfit: { zh: '不符合条件', en: 'not fit' },
  flagged: { zh: '疑点涉及', en: 'in a finding' },
  import: { zh: '导入考勤文件（CSV 或 Excel）', en: 'Import attendance (CSV or Excel)' },
  imported: { zh: '导入 {imported} 条，已有 {known} 条', en: '{imported} imported, {known} known before' },
  wrong: { zh: '有 {count} 处错误，整份没有导入', en: '{count} errors; nothing was imported' },
  row: { zh: '第 {row} 行 {column}：应为 {expected}', en: 'Row {row}, {column}: expected {expected}' },
  recordMoney: { zh: '登记查获的款项', en: 'Record money found' },
  kind: { zh: '种类', en: 'Kind' },
  recruitment_fee: { zh: '招生费', en: 'Recruitment fee' },
  training_loan: { zh: '培训贷', en: 'Training loan' },
  tuition: { zh: '学费', en: 'Tuition' },
  counterparty: { zh: '对方', en: 'Counterparty' },
  amount: { zh: '金额', en: 'Amount' },
  paidOn: { zh: '日期', en: 'Date' },
  source: { zh: '凭据', en: 'Paper' },
})

/** A class with its records: what findings stand on, and for the institution the import of attendance. */
export const page: ServicePage = {
  id: 'training-class',
  title: words.title,
  roles: ['employer_officer', 'supervisor', 'review', 'approve', 'audit'],
  order: 63,
  path: '/training/classes/:classId',
  Component: ({ params }) => <ClassPage classId={params.classId ?? ''} />,
}

function ClassPage({ classId }: { classId: string }) {
  const { say } = useSpeech()
  const { acting } = useSignedIn()
  const isOfficer = acting.kind === 'employer'
  const found = useClass(classId)
  const findings = useFindings(classId, !isOfficer)
  return (
    <StaffPage title={found.data ? `${found.data.number} ${found.data.title}` : say(words.title)}>
      <Loaded query={found}>
        {(view) => (
          <Space direction="vertical" size="large" style={{ width: '100%' }}>
            <ClassFacts view={view} />
            {isOfficer && <AttendanceImport classId={classId} />}
            <FindingList findings={findings.data?.items ?? []} />
            <Records view={view} findings={findings.data?.items ?? []} />
            {!isOfficer && <MoneyForm classId={classId} />}
          </Space>
        )}
      </Loaded>
    </StaffPage>
  )
}

function ClassFacts({ view }: { view: ClassView }) {
  const { say, day } = useSpeech()
  return (
    <FactList
      facts={[
        { label: say(trainingWords.institution), value: view.institution },
        { label: say(trainingWords.project), value: view.project },
        {
          label: say(words.taughtBy),
          value: view.contract && (
            <>
              {view.taughtBy} <Tag color="red">{say(words[view.contract])}</Tag>
            </>
          ),
        },
        {
          label: say(trainingWords.days),
          value: say(trainingWords.fromTo, { from: day(view.startsOn), to: day(view.endsOn) }),
        },
        { label: say(trainingWords.place), value: view.place },
        {
          label: say(trainingWords.trainees),
          value: say(trainingWords.enrolled, { enrolled: view.trainees.length, capacity: view.capacity }),
        },
        {
          label: say(trainingWords.teachers),
          value: view.teachers.map(({ personId, name, practiceYears, qualified }) => (
            <span key={personId}>
              {name}（{say(words.practice, { count: practiceYears })}，{say(qualified ? words.fit : words.unfit)}）
            </span>
          )),
        },
      ]}
    />
  )
}

function FindingList({ findings }: { findings: readonly Finding[] }) {
  const { say } = useSpeech()
  const { tell } = useTeller(serviceId)
  if (findings.length === 0) return null
  return (
    <Alert
      type="warning"
      showIcon
      message={say(trainingWords.findings)}
      description={
        <ul>
          {findings.map(({ findingId, rule, params }) => (
            <li key={findingId}>{tell(`finding.${rule}`, params)}</li>
          ))}
        </ul>
      }
    />
  )
}

/** Trainees, attendance, timetable and money; what a finding stands on is marked. */
function Records({ view, findings }: { view: ClassView; findings: readonly Finding[] }) {
  const { say, day, moment, yuan } = useSpeech()
  const flagged = new Set(
    findings.flatMap(({ evidence, personIds }) => [...evidence.map(({ id }) => id), ...personIds]),
  )
  const nameOf = new Map(view.trainees.map(({ personId, name }) => [personId, name]))
  const mark = (id: string) => (flagged.has(id) ? <Tag color="orange">{say(words.flagged)}</Tag> : null)
  return (
    <>
      <Typography.Title level={2}>{say(trainingWords.trainees)}</Typography.Title>
      <DataTable
        rowKey="enrolmentId"
        dataSource={view.trainees}
        columns={[
          {
            title: say(words.name),
            key: 'name',
            render: (_, { name, personId }) => (
              <>
                {name} {mark(personId)}
              </>
            ),
          },
          { title: say(words.idNumber), dataIndex: 'idNumberMasked' },
          { title: say(words.attendances), dataIndex: 'attendances', align: 'right' },
          {
            title: say(words.assessment),
            key: 'passed',
            render: (_, { passed }) => (passed === null ? '—' : say(passed ? words.passed : words.failed)),
          },
          { title: say(words.certificate), key: 'certificate', render: (_, each) => each.certificateNumber ?? '—' },
        ]}
      />
      <Typography.Title level={2}>{say(trainingWords.attendance)}</Typography.Title>
      <DataTable
        rowKey="id"
        dataSource={view.attendance}
        columns={[
          { title: say(words.name), key: 'name', render: (_, { personId }) => nameOf.get(personId) ?? '—' },
          { title: say(words.came), key: 'in', render: (_, { inAt }) => moment(inAt) },
          { title: say(words.left), key: 'out', render: (_, { outAt }) => moment(outAt) },
          {
            title: say(words.device),
            key: 'device',
            render: (_, { device, isTerminal }) => `${device}（${say(isTerminal ? words.terminal : words.phone)}）`,
          },
          { title: '', key: 'flag', render: (_, { id }) => mark(id) },
        ]}
      />
      {view.money.length > 0 && (
        <>
          <Typography.Title level={2}>{say(trainingWords.money)}</Typography.Title>
          <DataTable
            rowKey="id"
            dataSource={view.money}
            columns={[
              { title: say(words.kind), key: 'kind', render: (_, { kind }) => say(moneyWord(kind)) },
              { title: say(words.counterparty), dataIndex: 'counterparty' },
              { title: say(words.amount), key: 'amount', align: 'right', render: (_, each) => yuan(each.amountFen) },
              { title: say(words.paidOn), key: 'paidOn', render: (_, { paidOn }) => day(paidOn) },
              { title: say(words.source), dataIndex: 'source' },
            ]}
          />
        </>
      )}
    </>
  )
}

function moneyWord(kind: string) {
  return kind === 'recruitment_fee'
    ? words.recruitment_fee
    : kind === 'training_loan'
      ? words.training_loan
      : words.tuition
}

type Imported = {
  imported: number
  known: number
  problems: Array<{ row: number; column: string; expected: string }>
}

function AttendanceImport({ classId }: { classId: string }) {
  const api = useApi()
  const { say } = useSpeech()
  const [reading, setReading] = useState(false)
  const send = useAction((contentBase64: string, key) =>
    api.post<Imported>(`/services/${serviceId}/classes/${classId}/attendance`, { contentBase64 }, key),
  )
  const problems = send.data?.problems ?? []
  return (
    <div>
      <Upload
        accept=".csv,.xlsx"
        showUploadList={false}
        beforeUpload={async (file) => {
          setReading(true)
          const bytes = new Uint8Array(await file.arrayBuffer())
          setReading(false)
          send.mutate(btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join('')))
          return false
        }}
      >
        <Button loading={reading || send.isPending}>{say(words.import)}</Button>
      </Upload>
      <ProblemAlert error={send.error} />
      {send.data && problems.length === 0 && (
        <Alert type="success" message={say(words.imported, { imported: send.data.imported, known: send.data.known })} />
      )}
      {problems.length > 0 && (
        <Alert
          type="error"
          message={say(words.wrong, { count: problems.length })}
          description={
            <ul>
              {problems.slice(0, 100).map(({ row, column, expected }) => (
                <li key={`${row} ${column}`}>{say(words.row, { row, column, expected })}</li>
              ))}
            </ul>
          }
        />
      )}
    </div>
  )
}

function MoneyForm({ classId }: { classId: string }) {
  const api = useApi()
  const { say } = useSpeech()
  const send = useAction((body: object, key) =>
    api.post(`/services/${serviceId}/classes/${classId}/money`, { personId: null, ...body }, key),
  )
  return (
    <div>
      <Typography.Title level={2}>{say(words.recordMoney)}</Typography.Title>
      <ProblemAlert error={send.error} />
      <FieldsForm
        fields={[
          {
            name: 'kind',
            kind: 'choice',
            label: words.kind,
            required: true,
            options: (['recruitment_fee', 'training_loan', 'tuition'] as const).map((value) => ({
              value,
              label: words[value],
            })),
          },
          { name: 'counterparty', kind: 'text', label: words.counterparty, required: true },
          { name: 'amountFen', kind: 'money', label: words.amount, required: true },
          { name: 'paidOn', kind: 'date', label: words.paidOn, required: true },
          { name: 'source', kind: 'text', label: words.source, required: true },
        ]}
        submitLabel={say(trainingWords.submit)}
        isSubmitting={send.isPending}
        onSubmit={(values) => send.mutate(values)}
      />
    </div>
  )
}
