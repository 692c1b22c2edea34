import type { CaseRow, ServicePage } from '../../../kit/door.ts'
import { defineWords, useSpeech } from '../../../kit/door.ts'
import { flowPage } from '../../../kit/staff/door.ts'

const words = defineWords({
  title: { zh: '建筑项目实名申报', en: 'Building projects' },
  summary: {
    zh: '登记项目，随时申报进场、退场工人；申报当日起纳入工伤保险。点开项目申报。',
    en: 'Register a project and declare who comes and goes, at any hour; workers are covered from the day of declaration. Open a project to declare.',
  },
  project: { zh: '项目名称', en: 'Project' },
  site: { zh: '项目所在地', en: 'Site' },
  onSite: { zh: '在场人数', en: 'On site' },
})

/** A building company's projects, and the form that registers another. */
export const page: ServicePage = flowPage(
  'construction-roster',
  {
    id: 'construction-roster',
    title: words.title,
    summary: words.summary,
    roles: ['employer_officer', 'review', 'supervisor'],
    order: 40,
    path: '/construction',
  },
  {
    opening: {
      roles: ['employer_officer'],
      step: 'register',
      useFields: () => [
        { name: 'projectName', kind: 'text', label: words.project, required: true },
        { name: 'siteRegion', kind: 'region', label: words.site, required: true },
      ],
      toBody: (values) => values,
    },
    useColumns: () => {
      const { say } = useSpeech()
      return [
        { title: say(words.project), key: 'project', render: (_, { summary }: CaseRow) => summary.projectName },
        { title: say(words.onSite), key: 'onSite', align: 'right', render: (_, { summary }) => summary.onSite },
      ]
    },
  },
)
