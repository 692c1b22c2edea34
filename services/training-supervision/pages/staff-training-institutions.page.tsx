import { useQuery } from '@tanstack/react-query'
import { Button, Tag } from 'antd'
import { useState } from 'react'
import {
  defineWords,
  type Employer,
  Link,
  type ServicePage,
  useAction,
  useApi,
  useSignedIn,
  useSpeech,
  useTeller,
} from '../../../kit/door.ts'
import { DataTable, EmployerSearch, FieldsForm, ProblemAlert, StaffPage } from '../../../kit/staff/door.ts'
import { TitledPart } from './titled-part.tsx'
import { type LicensedInstitution, serviceId, trainingFields, trainingWords, useInstitutions } from './words.ts'

const words = defineWords({
  title: { zh: '培训机构和办学许可', en: 'Training institutions and licences' },
  summary: {
    zh: '有许可的机构才能把项目列入目录、开补贴班。',
    en: 'Only licensed institutions enter projects and open classes that are paid for.',
  },
  none: { zh: '还没有登记培训机构', en: 'No institution is entered yet' },
  licence: { zh: '办学许可证号', en: 'Licence number' },
  from: { zh: '有效期从', en: 'Valid from' },
  until: { zh: '有效期至', en: 'Valid until' },
  endless: { zh: '长期', en: 'without end' },
  untilHelp: { zh: '长期有效的不填', en: 'Leave empty where it has no end' },
  fields: { zh: '许可领域', en: 'Fields' },
  sanctions: { zh: '处理', en: 'Sanctions' },
  classes: { zh: '培训班', en: 'Classes' },
  noClasses: { zh: '还没有开班', en: 'No class yet' },
  enter: { zh: '登记办学许可', en: 'Enter a licence' },
  change: { zh: '变更有效期', en: 'Change the term' },
  changeOf: { zh: '变更 {name} 的许可有效期', en: 'Change the term of {name}' },
  changeHelp: {
    zh: '延续填新的截止日期；被吊销的填吊销前一日，以后的班不再给补贴。',
    en: 'For an extension the new last day; where it was revoked the day before, and no later class is paid for.',
  },
})

/** The institutions with their licences; entering one, extending or ending it. */
export const page: ServicePage = {
  id: 'training-institutions',
  title: words.title,
  roles: ['supervisor', 'review', 'approve', 'audit'],
  order: 59,
  path: '/training/institutions',
  Component: InstitutionsPage,
}

function InstitutionsPage() {
  const { say, day } = useSpeech()
  const { tell } = useTeller(serviceId)
  const { acting } = useSignedIn()
  const isInspector = acting.role === 'supervisor' || acting.role === 'review'
  const [changed, setChanged] = useState<LicensedInstitution>()
  const institutions = useInstitutions()
  return (
    <StaffPage title={say(words.title)} summary={say(words.summary)}>
      <ProblemAlert error={institutions.error} />
      <DataTable<LicensedInstitution>
        rowKey="employerId"
        loading={institutions.isPending}
        dataSource={institutions.data?.items ?? []}
        emptyText={say(words.none)}
        columns={[
          { title: say(trainingWords.institution), dataIndex: 'name' },
          { title: say(words.licence), dataIndex: 'licenceNumber' },
          { title: say(words.from), key: 'from', render: (_, { licensedFrom }) => day(licensedFrom) },
          {
            title: say(words.until),
            key: 'until',
            render: (_, { licensedTo }) => (licensedTo === null ? say(words.endless) : day(licensedTo)),
          },
          {
            title: say(words.fields),
            key: 'fields',
            render: (_, { fields }) => fields.map((field) => tell(`choices.${field}`)).join('、'),
          },
          {
            title: say(words.sanctions),
            key: 'sanctions',
            render: (_, { sanctions }) =>
              sanctions.length === 0
                ? '—'
                : sanctions.map((kind) => (
                    <Tag key={kind} color="red">
                      {tell(`choices.${kind}`)}
                    </Tag>
                  )),
          },
          {
            title: '',
            key: 'change',
            render: (_, institution) =>
              isInspector && (
                <Button size="small" onClick={() => setChanged(institution)}>
                  {say(words.change)}
                </Button>
              ),
          },
        ]}
      />
      {changed && <TermForm key={changed.employerId} institution={changed} done={() => setChanged(undefined)} />}
      {isInspector && <NewLicence />}
      <Classes institutions={institutions.data?.items ?? []} />
    </StaffPage>
  )
}

type TaughtClass = {
  classId: string
  employerId: string
  number: string
  title: string
  startsOn: string
  endsOn: string
}

function Classes({ institutions }: { institutions: readonly LicensedInstitution[] }) {
  const api = useApi()
  const { say, day } = useSpeech()
  const classes = useQuery({
    queryKey: ['training classes'],
    queryFn: () => api.get<{ items: TaughtClass[] }>(`/services/${serviceId}/classes`),
  })
  const nameOf = new Map(institutions.map(({ employerId, name }) => [employerId, name]))
  return (
    <TitledPart title={say(words.classes)}>
      <ProblemAlert error={classes.error} />
      <DataTable<TaughtClass>
        rowKey="classId"
        loading={classes.isPending}
        dataSource={classes.data?.items ?? []}
        emptyText={say(words.noClasses)}
        columns={[
          {
            title: say(trainingWords.class),
            key: 'number',
            render: (_, { classId, number, title }) => (
              <Link to={`/training/classes/${classId}`}>{`${number} ${title}`}</Link>
            ),
          },
          {
            title: say(trainingWords.institution),
            key: 'institution',
            render: (_, { employerId }) => nameOf.get(employerId) ?? '—',
          },
          {
            title: say(trainingWords.days),
            key: 'days',
            render: (_, each) => say(trainingWords.fromTo, { from: day(each.startsOn), to: day(each.endsOn) }),
          },
        ]}
      />
    </TitledPart>
  )
}

function TermForm({ institution, done }: { institution: LicensedInstitution; done: () => void }) {
  const api = useApi()
  const { say } = useSpeech()
  const change = useAction(
    (body: object, key) => api.post(`/services/${serviceId}/institutions/${institution.employerId}/term`, body, key),
    { onSuccess: done },
  )
  return (
    <TitledPart title={say(words.changeOf, { name: institution.name })}>
      <ProblemAlert error={change.error} />
      <FieldsForm
        fields={[
          { name: 'licensedTo', kind: 'date', label: words.until, help: words.changeHelp },
          { name: 'reason', kind: 'text', label: trainingWords.reason, required: true },
        ]}
        initial={{ licensedTo: institution.licensedTo ?? undefined }}
        submitLabel={say(words.change)}
        isSubmitting={change.isPending}
        onSubmit={(values) => change.mutate({ licensedTo: null, ...values })}
      />
    </TitledPart>
  )
}

function NewLicence() {
  const api = useApi()
  const { say } = useSpeech()
  const { tell } = useTeller(serviceId)
  const [employer, setEmployer] = useState<Employer>()
  const enter = useAction((body: object, key) => api.post(`/services/${serviceId}/institutions`, body, key), {
    onSuccess: () => setEmployer(undefined),
  })
  return (
    <TitledPart title={say(words.enter)}>
      {employer === undefined ? (
        <EmployerSearch onChoose={setEmployer} />
      ) : (
        <>
          <p>{employer.name}</p>
          <ProblemAlert error={enter.error} />
          <FieldsForm
            fields={[
              { name: 'licenceNumber', kind: 'text', label: words.licence, required: true },
              { name: 'licensedFrom', kind: 'date', label: words.from, required: true },
              { name: 'licensedTo', kind: 'date', label: words.until, help: words.untilHelp },
              {
                ...{ name: 'fields', kind: 'choices', label: words.fields, required: true },
                options: trainingFields.map((value) => ({
                  value,
                  label: { zh: tell(`choices.${value}`), en: tell(`choices.${value}`) },
                })),
              },
            ]}
            submitLabel={say(words.enter)}
            isSubmitting={enter.isPending}
            onSubmit={(values) => enter.mutate({ employerId: employer.employerId, licensedTo: null, ...values })}
          />
        </>
      )}
    </TitledPart>
  )
}
