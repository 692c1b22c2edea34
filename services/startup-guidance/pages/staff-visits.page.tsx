import { defineWords } from '../../../kit/door.ts'
import { type Field, flowPage } from '../../../kit/staff/door.ts'

const words = defineWords({
  title: { zh: '导师走基层', en: 'Visits of mentors' },
  mentor: { zh: '导师聘任编号', en: 'Number of the mentor' },
  project: { zh: '项目编号', en: 'Number of the project' },
  visitedOn: { zh: '走访日期', en: 'Day of the visit' },
  advice: { zh: '给出的建议', en: 'Advice given' },
})

const fields: readonly Field[] = [
  { name: 'mentorNumber', kind: 'text', label: words.mentor, required: true },
  { name: 'projectNumber', kind: 'text', label: words.project, required: true },
  { name: 'visitedOn', kind: 'date', label: words.visitedOn, required: true },
  { name: 'advice', kind: 'long_text', label: words.advice, required: true },
]

/** Visits of mentors to projects, and recording one. */
export const page = flowPage(
  'mentor-visit',
  { id: 'mentor-visits', title: words.title, roles: ['accept', 'supervisor'], order: 70, path: '/mentor-visits' },
  { opening: { roles: ['accept'], useFields: () => fields, toBody: (values) => values, step: 'tell' } },
)
