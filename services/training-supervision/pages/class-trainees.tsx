import { defineWords, useAction, useApi, useSpeech } from '../../../kit/door.ts'
import { DataTable, type Field, FieldsForm, ProblemAlert } from '../../../kit/staff/door.ts'
import { ClassFile } from './class-file.tsx'
import type { Marks } from './class-marks.tsx'
import { TitledPart } from './titled-part.tsx'
import { type ClassView, serviceId, trainingWords } from './words.ts'

const words = defineWords({
  attendances: { zh: '签到次数', en: 'Attendances' },
  assessment: { zh: '考核', en: 'Assessment' },
  passed: { zh: '合格', en: 'passed' },
  failed: { zh: '不合格', en: 'failed' },
  certificate: { zh: '证书编号', en: 'Certificate' },
  none: { zh: '还没有人报名', en: 'Nobody is enrolled yet' },
  enrol: { zh: '代为报名', en: 'Enrol a trainee' },
  enrolHelp: {
    zh: '学员本人也可以在手机上报名。报名不得收取任何费用。',
    en: 'Trainees can enrol by themselves too. No fee may be taken for it.',
  },
  enrolFile: { zh: '导入学员名单', en: 'Import trainees' },
  assess: { zh: '登记考核', en: 'Enter an assessment' },
  trainee: { zh: '学员', en: 'Trainee' },
  corrected: { zh: '已更正：{reason}', en: 'corrected: {reason}' },
  correct: { zh: '更正考核', en: 'Correct an assessment' },
  correctHelp: {
    zh: '原来的登记保留，更正后的算数。申领补贴后不能再更正。',
    en: 'What was entered stays on record; the correction counts. Not once the subsidy is applied for.',
  },
  reason: { zh: '更正原因', en: 'Why it is wrong' },
  assessFile: { zh: '导入考核结果', en: 'Import assessments' },
})

/** The trainees of a class; its institution enrols some for them, and enters how they were assessed. */
export function ClassTrainees({ view, marks, isOwn }: { view: ClassView; marks: Marks; isOwn: boolean }) {
  const { say } = useSpeech()
  return (
    <div className="staff-stack">
      <DataTable
        rowKey="enrolmentId"
        dataSource={view.trainees}
        emptyText={say(words.none)}
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
          { title: say(trainingWords.idNumber), dataIndex: 'idNumberMasked' },
          { title: say(words.attendances), dataIndex: 'attendances', align: 'right' },
          {
            title: say(words.assessment),
            key: 'passed',
            render: (_, { passed, assessmentCorrected }) => (
              <>
                {passed === null ? '—' : say(passed ? words.passed : words.failed)}
                {assessmentCorrected !== null && (
                  <div className="staff-quiet">{say(words.corrected, { reason: assessmentCorrected })}</div>
                )}
              </>
            ),
          },
          { title: say(words.certificate), key: 'certificate', render: (_, each) => each.certificateNumber ?? '—' },
        ]}
      />
      {isOwn && <Enrolling classId={view.classId} />}
      {isOwn && view.trainees.length > 0 && <Assessing view={view} />}
      {isOwn && view.trainees.some(({ passed }) => passed !== null) && <Correcting view={view} />}
    </div>
  )
}

function Enrolling({ classId }: { classId: string }) {
  const api = useApi()
  const { say } = useSpeech()
  const path = `/services/${serviceId}/classes/${classId}`
  const enrol = useAction((body: object, key) => api.post(`${path}/trainees`, body, key))
  return (
    <TitledPart title={say(words.enrol)}>
      <ProblemAlert error={enrol.error} />
      <FieldsForm
        key={enrol.submittedAt * Number(enrol.isSuccess)}
        fields={[
          { name: 'idNumber', kind: 'text', label: trainingWords.idNumber, required: true, help: words.enrolHelp },
        ]}
        submitLabel={say(words.enrol)}
        isSubmitting={enrol.isPending}
        onSubmit={(values) => enrol.mutate(values)}
      />
      <ClassFile label={say(words.enrolFile)} path={`${path}/lists/trainees`} columns={['证件号码']} />
    </TitledPart>
  )
}

function Assessing({ view }: { view: ClassView }) {
  const api = useApi()
  const { say } = useSpeech()
  const path = `/services/${serviceId}/classes/${view.classId}`
  const assess = useAction((body: object, key) => api.post(`${path}/assessments`, body, key))
  const waiting = view.trainees.filter(({ passed }) => passed === null)
  return (
    <TitledPart title={say(words.assess)}>
      <ProblemAlert error={assess.error} />
      {waiting.length > 0 && (
        <FieldsForm
          key={assess.submittedAt * Number(assess.isSuccess)}
          fields={[traineeField(waiting), ...resultFields]}
          submitLabel={say(words.assess)}
          isSubmitting={assess.isPending}
          onSubmit={({ personId, result, certificateNumber = null }) =>
            assess.mutate({ assessments: [{ personId, passed: result === 'passed', certificateNumber }] })
          }
        />
      )}
      <ClassFile
        label={say(words.assessFile)}
        path={`${path}/lists/assessments`}
        columns={['证件号码', '结果', '证书编号']}
      />
    </TitledPart>
  )
}

const resultFields: Field[] = [
  {
    ...{ name: 'result', kind: 'choice', label: words.assessment, required: true },
    options: (['passed', 'failed'] as const).map((value) => ({ value, label: words[value] })),
  },
  {
    ...{ name: 'certificateNumber', kind: 'text', label: words.certificate },
    askedWhen: { field: 'result', is: ['passed'] },
  },
]

function traineeField(trainees: ClassView['trainees']): Field {
  return {
    ...{ name: 'personId', kind: 'select', label: words.trainee, required: true },
    options: trainees.map(({ personId: value, name, idNumberMasked }) => ({
      value,
      label: { zh: `${name} ${idNumberMasked}`, en: `${name} ${idNumberMasked}` },
    })),
  }
}

/** What was entered wrongly is corrected with the reason; the correction names which it corrects, so that nobody corrects what they have not seen. */
function Correcting({ view }: { view: ClassView }) {
  const api = useApi()
  const { say } = useSpeech()
  const path = `/services/${serviceId}/classes/${view.classId}/assessments`
  const correct = useAction(({ personId, ...body }: { personId: string; corrects: number }, key) =>
    api.post(`${path}/${personId}/correction`, body, key),
  )
  const assessed = view.trainees.filter(({ passed }) => passed !== null)
  return (
    <TitledPart title={say(words.correct)}>
      <p className="staff-quiet">{say(words.correctHelp)}</p>
      <ProblemAlert error={correct.error} />
      <FieldsForm
        key={correct.submittedAt * Number(correct.isSuccess)}
        fields={[
          traineeField(assessed),
          ...resultFields,
          { name: 'reason', kind: 'text', label: words.reason, required: true },
        ]}
        submitLabel={say(words.correct)}
        isSubmitting={correct.isPending}
        onSubmit={({ personId, result, certificateNumber = null, ...said }) => {
          const corrects = assessed.find((trainee) => trainee.personId === personId)?.assessmentNo ?? 0
          const right = { passed: result === 'passed', certificateNumber, corrects }
          correct.mutate({ ...said, ...right, personId: String(personId) })
        }}
      />
    </TitledPart>
  )
}
