import { defineWords, useAction, useApi, useSpeech } from '../../../kit/door.ts'
import { DataTable, FieldsForm, ProblemAlert } from '../../../kit/staff/door.ts'
import type { Marks } from './class-marks.tsx'
import { TitledPart } from './titled-part.tsx'
import { type ClassView, serviceId, trainingWords } from './words.ts'

const words = defineWords({
  record: { zh: '登记查获的款项', en: 'Record money found' },
  none: { zh: '没有查获款项', en: 'No money was found' },
  kind: { zh: '种类', en: 'Kind' },
  recruitment_fee: { zh: '招生费', en: 'Recruitment fee' },
  training_loan: { zh: '培训贷', en: 'Training loan' },
  tuition: { zh: '学费', en: 'Tuition' },
  kickback: { zh: '向学员返现', en: 'Money given back to a trainee' },
  counterparty: { zh: '对方', en: 'Counterparty' },
  trainee: { zh: '涉及学员', en: 'Trainee' },
  amount: { zh: '金额', en: 'Amount' },
  source: { zh: '凭据', en: 'Paper' },
})

const kinds = ['recruitment_fee', 'training_loan', 'kickback', 'tuition'] as const

/** Money around a class that is no subsidy, as inspectors find it in accounts, contracts and complaints. */
export function ClassMoney({ view, marks }: { view: ClassView; marks: Marks }) {
  const api = useApi()
  const { say, day, yuan } = useSpeech()
  const send = useAction((body: object, key) =>
    api.post(`/services/${serviceId}/classes/${view.classId}/money`, { personId: null, ...body }, key),
  )
  return (
    <div className="staff-stack">
      <DataTable
        rowKey="id"
        dataSource={view.money}
        emptyText={say(words.none)}
        columns={[
          {
            title: say(words.kind),
            key: 'kind',
            render: (_, { kind, id }) => {
              const known = kinds.find((each) => each === kind)
              return (
                <>
                  {known ? say(words[known]) : kind} {marks(id)}
                </>
              )
            },
          },
          { title: say(words.counterparty), dataIndex: 'counterparty' },
          { title: say(words.amount), key: 'amount', align: 'right', render: (_, each) => yuan(each.amountFen) },
          { title: say(trainingWords.date), key: 'paidOn', render: (_, { paidOn }) => day(paidOn) },
          { title: say(words.source), dataIndex: 'source' },
        ]}
      />
      <TitledPart title={say(words.record)}>
        <ProblemAlert error={send.error} />
        <FieldsForm
          key={send.submittedAt * Number(send.isSuccess)}
          fields={[
            {
              ...{ name: 'kind', kind: 'choice', label: words.kind, required: true },
              options: kinds.map((value) => ({ value, label: words[value] })),
            },
            {
              ...{ name: 'personId', kind: 'select', label: words.trainee },
              options: view.trainees.map(({ personId: value, name }) => ({ value, label: { zh: name, en: name } })),
            },
            { name: 'counterparty', kind: 'text', label: words.counterparty, required: true },
            { name: 'amountFen', kind: 'money', label: words.amount, required: true },
            { name: 'paidOn', kind: 'date', label: trainingWords.date, required: true },
            { name: 'source', kind: 'text', label: words.source, required: true },
          ]}
          submitLabel={say(trainingWords.submit)}
          isSubmitting={send.isPending}
          onSubmit={(values) => send.mutate(values)}
        />
      </TitledPart>
    </div>
  )
}
