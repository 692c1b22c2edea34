import { useQuery } from '@tanstack/react-query'
import * as z from 'zod/mini'
import { defineWords, useApi } from '../../../kit/door.ts'

/** This service's id, for its messages and the addresses of its operations. */
export const serviceId = 'training-supervision'

/** The flow of supervision cases. */
export const supervisionFlow = 'training-supervision'

/** Sanctions in the order in which they are offered (C8.06). */
export const sanctionKinds = [
  'recover_subsidy',
  'suspend_recruitment',
  'order_rectification',
  'remove_from_catalogue',
  'revoke_licence',
  'hold_persons_responsible',
  'administrative_penalty',
  'refer_to_justice',
] as const

/** Violations in the order of the text (C8.02 to C8.05). */
export const violationKinds = [
  'buying_trainees',
  'illegal_subcontracting',
  'collusion',
  'hobby_training',
  'filler_training',
  'false_training',
  'forged_papers',
  'claiming_in_anothers_name',
  'training_loan',
] as const

/** Words that several pages share. */
export const trainingWords = defineWords({
  class: { zh: '班级', en: 'Class' },
  institution: { zh: '培训机构', en: 'Institution' },
  project: { zh: '项目', en: 'Project' },
  field: { zh: '领域', en: 'Field' },
  level: { zh: '等级', en: 'Level' },
  days: { zh: '培训日期', en: 'Days' },
  place: { zh: '地点', en: 'Place' },
  enrolled: { zh: '已报 {enrolled} / {capacity} 人', en: '{enrolled} of {capacity} places' },
  teachers: { zh: '教师', en: 'Teachers' },
  trainees: { zh: '学员', en: 'Trainees' },
  attendance: { zh: '考勤', en: 'Attendance' },
  sessions: { zh: '课表', en: 'Timetable' },
  money: { zh: '查获的款项', en: 'Money found' },
  findings: { zh: '疑点', en: 'Findings' },
  submit: { zh: '提交', en: 'Send' },
  fromTo: { zh: '{from} 至 {to}', en: '{from} to {to}' },
  name: { zh: '姓名', en: 'Name' },
  idNumber: { zh: '身份证号码', en: 'Identity number' },
  date: { zh: '日期', en: 'Date' },
  reason: { zh: '理由', en: 'Reason' },
  occupation: { zh: '职业（工种）编码', en: 'Occupation code' },
  level5: { zh: '五级（初级工）', en: '5 (elementary)' },
  level4: { zh: '四级（中级工）', en: '4 (intermediate)' },
  level3: { zh: '三级（高级工）', en: '3 (advanced)' },
  level2: { zh: '二级（技师）', en: '2 (technician)' },
  level1: { zh: '一级（高级技师）', en: '1 (senior technician)' },
  timeHint: { zh: '如 08:30', en: 'such as 08:30' },
})

/** Skill levels, the lowest first. */
export const skillLevels = ['5', '4', '3', '2', '1'] as const

/** Fields of training (C8.07), the focus first. */
export const trainingFields = [
  'advanced_manufacturing',
  'elderly_care',
  'pillar_industry',
  'entrepreneurship',
  'other',
] as const

/** A class that a resident can enrol in, or is enrolled in. */
export type OfferedClass = {
  classId: string
  number: string
  title: string
  institution: string
  field: string
  level: number
  startsOn: string
  endsOn: string
  place: string
  capacity: number
  enrolled: number
  enrolmentId: string | null
}

/** A class with its records, as staff and the institution see it. */
export type ClassView = {
  classId: string
  number: string
  title: string
  institution: string
  taughtBy: string
  contract: 'joint_schooling' | 'cooperation' | null
  project: string
  startsOn: string
  endsOn: string
  place: string
  capacity: number
  teachers: Array<{ personId: string; name: string; practiceYears: number; qualified: boolean; because: string }>
  sessions: Array<{
    id: string
    startsAt: string
    endsAt: string
    topic: string
    teacherId: string
    cancelled: string | null
  }>
  trainees: Array<{
    enrolmentId: string
    personId: string
    name: string
    idNumberMasked: string
    attendances: number
    passed: boolean | null
    certificateNumber: string | null
    assessmentNo: number | null
    assessmentCorrected: string | null
  }>
  attendance: Array<{
    id: string
    personId: string
    inAt: string
    outAt: string
    device: string
    isTerminal: boolean
    corrected: string | null
    corrects: string | null
  }>
  money: Array<{
    id: string
    kind: string
    counterparty: string
    amountFen: number
    paidOn: string
    source: string
  }>
}

/** A suspicion with the records it stands on. */
export type Finding = {
  findingId: string
  classId: string
  classNumber: string
  rule: string
  violation: string
  level: 'high' | 'medium' | 'low'
  personIds: string[]
  evidence: Array<{ kind: string; id: string }>
  params: Record<string, string | number>
  foundOn: string
}

/** An institution with its licence, as supervision sees it. */
export type LicensedInstitution = {
  employerId: string
  name: string
  licenceNumber: string
  licensedFrom: string
  licensedTo: string | null
  fields: string[]
  sanctions: string[]
}

/** The licensed institutions. */
export function useInstitutions() {
  const api = useApi()
  return useQuery({
    queryKey: ['training institutions'],
    queryFn: () => api.get<{ items: LicensedInstitution[] }>(`/services/${serviceId}/institutions`),
  })
}

/** A class with its records. */
export function useClass(classId: string | null | undefined) {
  const api = useApi()
  return useQuery({
    queryKey: ['training class', classId],
    queryFn: () => api.get<ClassView>(`/services/${serviceId}/classes/${classId}`),
    enabled: typeof classId === 'string',
  })
}

/** Findings: of all classes, or of one. */
export function useFindings(classId?: string, isAsked = true) {
  const api = useApi()
  return useQuery({
    queryKey: ['training findings', classId],
    queryFn: () =>
      api.get<{ items: Finding[] }>(`/services/${serviceId}/findings`, classId === undefined ? {} : { classId }),
    enabled: isAsked,
  })
}

/** The state of a supervision case as pages read it. */
export const supervisionState = z.object({
  classId: z.nullable(z.string()),
  classNumber: z.string(),
  findingIds: z.array(z.string()),
  complaint: z.string(),
  violations: z.array(z.object({ kind: z.string(), established: z.boolean(), note: z.string() })),
  disallowed: z.array(z.string()),
  statement: z.nullable(z.string()),
  proposedByRule: z.array(z.string()),
  proposed: z.array(z.string()),
  sanctions: z.array(z.object({ sanctionId: z.string(), kind: z.string() })),
  lifted: z.array(z.string()),
  rectifyBy: z.nullable(z.string()),
  referrals: z.array(z.object({ kind: z.string(), to: z.string(), reference: z.string(), referredOn: z.string() })),
})
