import { useQuery } from '@tanstack/react-query'
import { Tag } from 'antd'
import { defineWords, go, Link, type ServicePage, useAction, useApi, useSpeech, useTeller } from '../../../kit/door.ts'
import { DataTable, FactList, FieldsForm, Loaded, ProblemAlert, StaffPage } from '../../../kit/staff/door.ts'
import { TitledPart } from './titled-part.tsx'
import { serviceId, trainingWords } from './words.ts'

const words = defineWords({
  title: { zh: '我的培训班', en: 'Our classes' },
  summary: {
    zh: '开班、考勤和结果。补贴在“申领”中按班号申领。',
    en: 'Classes, attendance and results. The subsidy is claimed by the number of the class.',
  },
  licence: { zh: '办学许可', en: 'Licence' },
  until: { zh: '有效期至', en: 'Until' },
  endless: { zh: '长期', en: 'without end' },
  fields: { zh: '许可领域', en: 'Fields' },
  sanctions: { zh: '处理', en: 'Sanctions' },
  none: { zh: '无', en: 'None' },
  classes: { zh: '班级', en: 'Classes' },
  open: { zh: '开班', en: 'Open a class' },
  name: { zh: '班名', en: 'Title' },
  startsOn: { zh: '开班日期', en: 'First day' },
  endsOn: { zh: '结业日期', en: 'Last day' },
  capacity: { zh: '名额', en: 'Places' },
  contract: { zh: '是否由其他机构授课', en: 'Does another institution teach it?' },
  own: { zh: '本机构授课', en: 'no' },
  joint_schooling: { zh: '联合办学', en: 'joint schooling' },
  cooperation: { zh: '培训合作', en: 'cooperation' },
  contractHelp: {
    zh: '补贴项目不得转包；如实登记，由主管部门认定。',
    en: 'Subsidised training is not passed on; say what is so, supervision judges it.',
  },
  other: { zh: '授课机构的统一社会信用代码', en: 'Credit code of the institution that teaches' },
  noClasses: { zh: '还没有开班', en: 'No class yet' },
})

type Institution = {
  name: string
  licenceNumber: string
  licensedTo: string | null
  fields: string[]
  projects: Array<{ projectId: string; code: string; title: string; level: number }>
  classes: Array<{
    classId: string
    number: string
    title: string
    startsOn: string
    endsOn: string
    capacity: number
    enrolled: number
  }>
  sanctions: Array<{ kind: string; from: string; endedOn: string | null }>
}

/** What a training institution has: licence, projects in the catalogue, classes, sanctions that stand. */
export const page: ServicePage = {
  id: 'training-institution',
  title: words.title,
  roles: ['employer_officer'],
  order: 62,
  path: '/training/institution',
  Component: InstitutionPage,
}

function InstitutionPage() {
  const api = useApi()
  const { say } = useSpeech()
  const institution = useQuery({
    queryKey: ['training institution'],
    queryFn: () => api.get<Institution>(`/services/${serviceId}/institution`),
    retry: false,
  })
  return (
    <StaffPage title={say(words.title)} summary={say(words.summary)}>
      <Loaded query={institution}>
        {(found) => (
          <div className="staff-stack">
            <Overview found={found} />
            <ClassTable classes={found.classes} />
            <OpenClass projects={found.projects} />
          </div>
        )}
      </Loaded>
    </StaffPage>
  )
}

function Overview({ found }: { found: Institution }) {
  const { say, day } = useSpeech()
  const { tell } = useTeller(serviceId)
  const standing = found.sanctions.filter(({ endedOn }) => endedOn === null)
  return (
    <FactList
      facts={[
        { label: say(trainingWords.institution), value: found.name },
        { label: say(words.licence), value: found.licenceNumber },
        { label: say(words.until), value: found.licensedTo === null ? say(words.endless) : day(found.licensedTo) },
        { label: say(words.fields), value: found.fields.map((field) => tell(`choices.${field}`)).join('、') },
        { label: say(trainingWords.project), value: found.projects.map(({ title }) => title).join('、') },
        {
          label: say(words.sanctions),
          value:
            standing.length === 0
              ? say(words.none)
              : standing.map(({ kind, from }) => (
                  <Tag key={`${kind}-${from}`} color="red">
                    {tell(`choices.${kind}`)} {day(from)}
                  </Tag>
                )),
        },
      ]}
    />
  )
}

function ClassTable({ classes }: { classes: Institution['classes'] }) {
  const { say, day } = useSpeech()
  return (
    <DataTable
      rowKey="classId"
      dataSource={classes}
      emptyText={say(words.noClasses)}
      columns={[
        {
          title: say(trainingWords.class),
          key: 'number',
          render: (_, { classId, number }) => <Link to={`/training/classes/${classId}`}>{number}</Link>,
        },
        { title: say(words.name), dataIndex: 'title' },
        {
          title: say(trainingWords.days),
          key: 'days',
          render: (_, each) => say(trainingWords.fromTo, { from: day(each.startsOn), to: day(each.endsOn) }),
        },
        {
          title: say(trainingWords.trainees),
          key: 'trainees',
          render: (_, { enrolled, capacity }) => say(trainingWords.enrolled, { enrolled, capacity }),
        },
      ]}
    />
  )
}

function OpenClass({ projects }: Pick<Institution, 'projects'>) {
  const api = useApi()
  const { say } = useSpeech()
  const open = useAction((body: object, key) => api.post<{ id: string }>(`/services/${serviceId}/classes`, body, key), {
    onSuccess: ({ id }) => go(`/training/classes/${id}`),
  })
  return (
    <TitledPart title={say(words.open)}>
      <ProblemAlert error={open.error} />
      <FieldsForm
        fields={[
          {
            name: 'projectId',
            kind: 'choice',
            label: trainingWords.project,
            required: true,
            options: projects.map(({ projectId: value, code, title }) => ({
              value,
              label: { zh: `${code} ${title}`, en: `${code} ${title}` },
            })),
          },
          { name: 'title', kind: 'text', label: words.name, required: true },
          { name: 'startsOn', kind: 'date', label: words.startsOn, required: true },
          { name: 'endsOn', kind: 'date', label: words.endsOn, required: true },
          { name: 'capacity', kind: 'count', label: words.capacity, required: true },
          { name: 'place', kind: 'text', label: trainingWords.place, required: true },
          {
            ...{ name: 'contract', kind: 'choice', label: words.contract, required: true, help: words.contractHelp },
            options: (['own', 'joint_schooling', 'cooperation'] as const).map((value) => ({
              value,
              label: words[value],
            })),
          },
          {
            ...{ name: 'creditCode', kind: 'text', label: words.other, required: true },
            askedWhen: { field: 'contract', is: ['joint_schooling', 'cooperation'] },
          },
        ]}
        initial={{ contract: 'own' }}
        submitLabel={say(words.open)}
        isSubmitting={open.isPending}
        onSubmit={({ contract, creditCode, ...planned }) =>
          open.mutate(contract === 'own' ? planned : { ...planned, taughtBy: { contract, creditCode } })
        }
      />
    </TitledPart>
  )
}
