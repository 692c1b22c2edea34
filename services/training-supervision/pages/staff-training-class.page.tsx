import { Alert, Tabs, Tag } from 'antd'
import {
  defineWords,
  go,
  type ServicePage,
  type StepTaken,
  useAction,
  useApi,
  useSignedIn,
  useSpeech,
  useTeller,
} from '../../../kit/door.ts'
import { FactList, FieldsForm, Loaded, ProblemAlert, StaffPage } from '../../../kit/staff/door.ts'
import { ClassAttendance } from './class-attendance.tsx'
import { useMarks } from './class-marks.tsx'
import { ClassMoney } from './class-money.tsx'
import { ClassTimetable } from './class-timetable.tsx'
import { ClassTrainees } from './class-trainees.tsx'
import { TitledPart } from './titled-part.tsx'
import {
  type ClassView,
  type Finding,
  serviceId,
  supervisionFlow,
  trainingWords,
  useClass,
  useFindings,
} from './words.ts'

const words = defineWords({
  title: { zh: '培训班', en: 'Class' },
  taughtBy: { zh: '实际授课机构', en: 'Really taught by' },
  joint_schooling: { zh: '联合办学', en: 'joint schooling' },
  cooperation: { zh: '培训合作', en: 'cooperation' },
  onComplaint: { zh: '按举报立案', en: 'Open a case on a complaint' },
  complaint: { zh: '举报内容（不写举报人）', en: 'What was complained of (not by whom)' },
  open: { zh: '立案', en: 'Open a case' },
  timetable: { zh: '教师和课表', en: 'Teachers and timetable' },
})

/** A class with its records: for the institution to enter them, for supervision to see what findings stand on. */
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
  const isOwn = acting.kind === 'employer'
  const found = useClass(classId)
  const findings = useFindings(classId, !isOwn)
  return (
    <StaffPage title={found.data ? `${found.data.number} ${found.data.title}` : say(words.title)}>
      <Loaded query={found}>
        {(view) => (
          <div className="staff-stack">
            <ClassFacts view={view} />
            <FindingList findings={findings.data?.items ?? []} />
            <Records view={view} findings={findings.data?.items ?? []} isOwn={isOwn} />
            {(acting.role === 'supervisor' || acting.role === 'review') && <Complaint classId={classId} />}
          </div>
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
      title={say(trainingWords.findings)}
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

type RecordsProps = { view: ClassView; findings: readonly Finding[]; isOwn: boolean }

/** Trainees, timetable, attendance, and for supervision the money; what a finding stands on is marked. */
function Records({ view, findings, isOwn }: RecordsProps) {
  const { say } = useSpeech()
  const marks = useMarks(findings)
  const records = { view, marks, isOwn }
  return (
    <Tabs
      items={[
        { key: 'trainees', label: say(trainingWords.trainees), children: <ClassTrainees {...records} /> },
        { key: 'timetable', label: say(words.timetable), children: <ClassTimetable {...records} /> },
        { key: 'attendance', label: say(trainingWords.attendance), children: <ClassAttendance {...records} /> },
        ...(isOwn
          ? []
          : [{ key: 'money', label: say(trainingWords.money), children: <ClassMoney view={view} marks={marks} /> }]),
      ]}
    />
  )
}

/** A case on what somebody complained of, where no detector found anything. */
function Complaint({ classId }: { classId: string }) {
  const api = useApi()
  const { say } = useSpeech()
  const open = useAction(
    (complaint: unknown, key) =>
      api.post<StepTaken>('/cases', { flow: supervisionFlow, body: { classId, complaint } }, key),
    { onSuccess: ({ caseId }) => go(`/cases/${caseId}`) },
  )
  return (
    <TitledPart title={say(words.onComplaint)}>
      <ProblemAlert error={open.error} />
      <FieldsForm
        fields={[{ name: 'complaint', kind: 'long_text', label: words.complaint, required: true }]}
        submitLabel={say(words.open)}
        isSubmitting={open.isPending}
        onSubmit={({ complaint }) => open.mutate(complaint)}
      />
    </TitledPart>
  )
}
