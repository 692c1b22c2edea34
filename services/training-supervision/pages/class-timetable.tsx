import { Button, Tag } from 'antd'
import { useState } from 'react'
import { defineWords, useAction, useApi, useSignedIn, useSpeech, useTeller } from '../../../kit/door.ts'
import { DataTable, FieldsForm, ProblemAlert } from '../../../kit/staff/door.ts'
import { ClassFile } from './class-file.tsx'
import type { Marks } from './class-marks.tsx'
import { TitledPart } from './titled-part.tsx'
import { type ClassView, serviceId, trainingWords } from './words.ts'

const words = defineWords({
  practice: { zh: '生产实践（年）', en: 'Years of practice' },
  byRule: { zh: '按规定', en: 'By the rule' },
  fit: { zh: '符合条件', en: 'fit to teach' },
  noTeachers: { zh: '还没有登记教师', en: 'No teacher is entered yet' },
  newTeacher: { zh: '登记教师', en: 'Enter a teacher' },
  teacherHelp: {
    zh: '技能等级由系统从证书登记读取；不符合条件的也会登记，并提示主管部门。',
    en: 'Skill levels are read from the register. Who is not fit is entered too, and supervision is told.',
  },
  from: { zh: '开始', en: 'From' },
  to: { zh: '结束', en: 'To' },
  topic: { zh: '内容', en: 'What is taught' },
  teacher: { zh: '教师', en: 'Teacher' },
  noHours: { zh: '还没有课表', en: 'No hours are entered yet' },
  newHours: { zh: '登记一节课', en: 'Enter hours' },
  hoursFile: { zh: '导入课表', en: 'Import the timetable' },
  cancelled: { zh: '已取消：{reason}', en: 'called off: {reason}' },
  cancel: { zh: '取消这节课', en: 'Call off' },
  cancelTitle: { zh: '取消 {hours} 的课', en: 'Call off {hours}' },
})

/** The teachers and hours of a class; its institution enters both, and calls hours off before they begin. */
export function ClassTimetable({ view, marks, isOwn }: { view: ClassView; marks: Marks; isOwn: boolean }) {
  return (
    <div className="staff-stack">
      <Teachers view={view} marks={marks} />
      {isOwn && <NewTeacher classId={view.classId} />}
      <Hours view={view} marks={marks} isOwn={isOwn} />
      {isOwn && view.teachers.length > 0 && <NewHours view={view} />}
    </div>
  )
}

function Teachers({ view, marks }: { view: ClassView; marks: Marks }) {
  const { say } = useSpeech()
  const { tell } = useTeller(serviceId)
  return (
    <TitledPart title={say(trainingWords.teachers)}>
      <DataTable
        rowKey="personId"
        dataSource={view.teachers}
        emptyText={say(words.noTeachers)}
        columns={[
          {
            title: say(trainingWords.name),
            key: 'name',
            render: (_, { name, personId }) => (
              <>
                {name} {marks(personId)}
              </>
            ),
          },
          { title: say(words.practice), dataIndex: 'practiceYears', align: 'right' },
          {
            title: say(words.byRule),
            key: 'fit',
            render: (_, { qualified, because }) =>
              qualified ? say(words.fit) : <Tag color="orange">{tell(`reasons.${because}`)}</Tag>,
          },
        ]}
      />
    </TitledPart>
  )
}

function NewTeacher({ classId }: { classId: string }) {
  const api = useApi()
  const { say } = useSpeech()
  const enter = useAction((body: object, key) =>
    api.post(`/services/${serviceId}/classes/${classId}/teachers`, body, key),
  )
  return (
    <TitledPart title={say(words.newTeacher)}>
      <ProblemAlert error={enter.error} />
      <FieldsForm
        key={enter.submittedAt * Number(enter.isSuccess)}
        fields={[
          { name: 'idNumber', kind: 'text', label: trainingWords.idNumber, required: true, help: words.teacherHelp },
          { name: 'practiceYears', kind: 'count', label: words.practice, required: true },
        ]}
        submitLabel={say(words.newTeacher)}
        isSubmitting={enter.isPending}
        onSubmit={(values) => enter.mutate(values)}
      />
    </TitledPart>
  )
}

type Session = ClassView['sessions'][number]

function Hours({ view, marks, isOwn }: { view: ClassView; marks: Marks; isOwn: boolean }) {
  const { say, moment } = useSpeech()
  const { now } = useSignedIn()
  const [calledOff, callOff] = useState<Session>()
  const nameOf = new Map(view.teachers.map(({ personId, name }) => [personId, name]))
  return (
    <TitledPart title={say(trainingWords.sessions)}>
      <DataTable<Session>
        rowKey="id"
        dataSource={view.sessions}
        emptyText={say(words.noHours)}
        columns={[
          { title: say(words.from), key: 'from', render: (_, { startsAt }) => moment(startsAt) },
          { title: say(words.to), key: 'to', render: (_, { endsAt }) => moment(endsAt) },
          { title: say(words.topic), dataIndex: 'topic' },
          { title: say(words.teacher), key: 'teacher', render: (_, { teacherId }) => nameOf.get(teacherId) ?? '—' },
          {
            title: '',
            key: 'state',
            render: (_, session) =>
              session.cancelled !== null ? (
                say(words.cancelled, { reason: session.cancelled })
              ) : isOwn && session.startsAt > now ? (
                <Button size="small" onClick={() => callOff(session)}>
                  {say(words.cancel)}
                </Button>
              ) : (
                marks(session.id)
              ),
          },
        ]}
      />
      {calledOff && (
        <CallOff key={calledOff.id} classId={view.classId} session={calledOff} done={() => callOff(undefined)} />
      )}
    </TitledPart>
  )
}

function CallOff({ classId, session, done }: { classId: string; session: Session; done: () => void }) {
  const api = useApi()
  const { say, moment } = useSpeech()
  const cancel = useAction(
    (body: object, key) =>
      api.post(`/services/${serviceId}/classes/${classId}/sessions/${session.id}/cancellation`, body, key),
    { onSuccess: done },
  )
  return (
    <TitledPart title={say(words.cancelTitle, { hours: moment(session.startsAt) })}>
      <ProblemAlert error={cancel.error} />
      <FieldsForm
        fields={[{ name: 'reason', kind: 'text', label: trainingWords.reason, required: true }]}
        submitLabel={say(words.cancel)}
        isSubmitting={cancel.isPending}
        isDangerous
        onSubmit={(values) => cancel.mutate(values)}
      />
    </TitledPart>
  )
}

function NewHours({ view }: { view: ClassView }) {
  const api = useApi()
  const { say } = useSpeech()
  const path = `/services/${serviceId}/classes/${view.classId}`
  const enter = useAction((session: object, key) => api.post(`${path}/sessions`, { sessions: [session] }, key))
  return (
    <TitledPart title={say(words.newHours)}>
      <ProblemAlert error={enter.error} />
      <FieldsForm
        key={enter.submittedAt * Number(enter.isSuccess)}
        initial={{ day: view.startsOn }}
        fields={[
          {
            ...{ name: 'teacherId', kind: 'select', label: words.teacher, required: true },
            options: view.teachers.map(({ personId: value, name }) => ({ value, label: { zh: name, en: name } })),
          },
          { name: 'day', kind: 'date', label: trainingWords.date, required: true },
          { name: 'from', kind: 'text', label: words.from, required: true, help: trainingWords.timeHint },
          { name: 'to', kind: 'text', label: words.to, required: true, help: trainingWords.timeHint },
          { name: 'topic', kind: 'text', label: words.topic, required: true },
        ]}
        submitLabel={say(words.newHours)}
        isSubmitting={enter.isPending}
        onSubmit={(values) => enter.mutate(values)}
      />
      <ClassFile
        label={say(words.hoursFile)}
        path={`${path}/lists/sessions`}
        columns={['日期', '开始', '结束', '教师证件号码', '内容']}
      />
    </TitledPart>
  )
}
