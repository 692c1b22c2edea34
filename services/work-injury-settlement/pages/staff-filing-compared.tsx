import { useQuery } from '@tanstack/react-query'
import {
  type AnswerOf,
  type CaseView,
  defineWords,
  type Enrolment,
  useApi,
  useRegionName,
  useSpeech,
} from '../../../kit/door.ts'
import { type ComparedFact, ComparedFacts, useRegionNames } from '../../../kit/staff/door.ts'
import { serviceWords } from './staff-words.ts'

const words = defineWords({
  insured: { zh: '参保地', en: 'Insured at' },
  insuredSince: { zh: '{day} 起参保', en: 'insured since {day}' },
  insuredElsewhere: {
    zh: '工伤保险登记在另一机构，请核对由谁办理。',
    en: 'The work-injury insurance is registered with another agency: see who is responsible.',
  },
  notInsured: { zh: '没有有效的工伤保险登记。', en: 'No work-injury insurance in force is registered.' },
  residence: { zh: '在就医地居住（工作）起', en: 'Living or working there since' },
  byDocument: { zh: '以所附证明为准。', en: 'It rests on the attached document.' },
  byPromise: {
    zh: '以书面承诺为准，可以事后核查。',
    en: 'It rests on a written promise, and can be looked into later.',
  },
  opinionBy: { zh: '转诊意见出具机构', en: 'Referral opinion by' },
  opinionLevel: { zh: '该机构级别', en: 'Its level' },
  level: { zh: '{level} 级', en: 'level {level}' },
  noLevel: { zh: '没有定级', en: 'no level' },
  noInstitution: {
    zh: '登记簿中没有这个名称的机构，请核对意见原件。',
    en: 'No institution of this name is registered: look at the opinion itself.',
  },
  otherLevel: {
    zh: '以登记簿的级别为准；规则按申请填写的级别判定。',
    en: 'The registered level counts; the rule went by the level in the application.',
  },
  sameAsBefore: { zh: '与现行备案相同，没有变更。', en: 'The same as in force: nothing changes.' },
  before: { zh: '现行备案是{place}。', en: 'In force is {place}.' },
})

/** What a filing declares of itself. */
export type Declared = {
  personId: string | null
  treatmentRegion: string | null
  residenceSince: string | undefined
  residenceProof: 'document' | 'written_promise' | undefined
  opinion: { institutionName: string; institutionLevel: number } | undefined
  changeTo: string | undefined
}

/** What a filing declares, row by row against the registers, and a change against the filing in force. */
export function FilingCompared({ view, declared }: { view: CaseView; declared: Declared }) {
  const insured = useInsured(view, declared)
  const residence = useResidence(declared)
  const opinion = useOpinion(declared)
  const change = useChange(declared)
  return <ComparedFacts facts={[...insured, ...residence, ...opinion, ...change]} />
}

function useInsured({ file }: CaseView, { personId }: Declared): ComparedFact[] {
  const { say, day } = useSpeech()
  const api = useApi()
  const enrolments = useQuery({
    queryKey: ['enrolments', personId, file.number],
    queryFn: () => api.get<{ items: Enrolment[] }>(`/people/${personId}/enrolments`, { purpose: file.number }),
    enabled: personId !== null,
    staleTime: 60_000,
  })
  const found = enrolments.data?.items.find(({ insurance }) => insurance === 'work_injury')
  const regionName = useRegionNames([file.agency, found?.agency ?? null])
  if (!enrolments.data) return []
  const isEqual = found?.agency === file.agency
  return [
    {
      label: say(words.insured),
      declared: regionName(file.agency),
      registered: found ? `${regionName(found.agency)} · ${say(words.insuredSince, { day: day(found.from) })}` : null,
      isEqual,
      why: !found ? say(words.notInsured) : !isEqual && say(words.insuredElsewhere),
    },
  ]
}

function useResidence({ residenceSince, residenceProof }: Declared): ComparedFact[] {
  const { say, day } = useSpeech()
  if (residenceSince === undefined) return []
  const why = residenceProof && say(residenceProof === 'document' ? words.byDocument : words.byPromise)
  return [{ label: say(words.residence), declared: day(residenceSince), registered: null, isEqual: false, why }]
}

function useOpinion({ opinion }: Declared): ComparedFact[] {
  const { say } = useSpeech()
  const api = useApi()
  const institutions = useQuery({
    queryKey: ['institutions'],
    queryFn: () => api.get<AnswerOf<'GET /institutions'>>('/institutions'),
    enabled: opinion !== undefined,
    staleTime: 300_000,
  })
  if (!opinion || !institutions.data) return []
  const { institutionName, institutionLevel } = opinion
  const found = institutions.data.items.find(({ name }) => name === institutionName.trim())
  const hasLevel = found?.level === institutionLevel
  const levelOf = (level: number | null) => say(level === null ? words.noLevel : words.level, { level: level ?? '' })
  return [
    {
      label: say(words.opinionBy),
      declared: institutionName,
      registered: found?.name ?? null,
      isEqual: true,
      why: !found && say(words.noInstitution),
    },
    {
      label: say(words.opinionLevel),
      declared: levelOf(institutionLevel),
      registered: found ? levelOf(found.level) : null,
      isEqual: hasLevel,
      why: found && !hasLevel && say(words.otherLevel),
    },
  ]
}

function useChange({ treatmentRegion, changeTo }: Declared): ComparedFact[] {
  const { say } = useSpeech()
  const before = useRegionName(treatmentRegion ?? '000000')
  const after = useRegionName(changeTo ?? '000000')
  if (changeTo === undefined || treatmentRegion === null) return []
  const isEqual = changeTo === treatmentRegion
  const why = isEqual ? say(words.sameAsBefore) : say(words.before, { place: before })
  return [{ label: say(serviceWords.treatmentRegion), declared: after, registered: before, isEqual, why }]
}
