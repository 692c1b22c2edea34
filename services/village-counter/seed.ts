import { addMonths, type Id, monthOf, must, type Work } from '../../ground/door.ts'
import {
  assign,
  createUser,
  enrol,
  findUserByLogin,
  recordPersonContributions,
  setPasswordHash,
} from '../../people/door.ts'
import { upsertControlRule, upsertServiceItem } from '../../registers/door.ts'
import type { DemoWorld } from '../contract.ts'
import { controlRules } from './control-rules.ts'
import { openCounter, villageTables } from './counters.ts'
import { serviceId } from './matters.ts'

const source = '演示数据（虚构） / demo data (invented)'
const from = '2024-12-30'

/** The 74 control rules (B3.09), as a node begins with them: every one assumed. */
export async function enterControlRules(work: Work): Promise<void> {
  for (const { code, level, zh, en } of controlRules) {
    await upsertControlRule(work, {
      code,
      service: serviceId,
      level,
      name: { zh, en },
      assumed: true,
      from,
      source: 'B3.09',
    })
  }
}

/** Who sits at the counters of the demo world. */
export const demoLogins = {
  '340000': ['demo-township-checker', 'demo-village-1', 'demo-village-2', 'demo-village-3'],
}

/** A made-up township of Anhui: its station, three villages, their people's places, an operator of each, and what a villager has paid. */
export async function seed({ node, run, idOf }: DemoWorld): Promise<void> {
  if (node.region !== '340000') return
  await run(async (work) => {
    await enterControlRules(work)
    await upsertServiceItem(work, serviceItem)
    const stationId = await openCounter(work, { ...station, stationId: null, from, source })
    await seedOfficer(work, { login: 'demo-township-checker', role: 'township_checker', institutionId: stationId })
    for (const [index, village] of villages.entries()) {
      const institutionId = await openCounter(work, { ...village, stationId, from, source })
      await seedOfficer(work, { login: `demo-village-${index + 1}`, role: 'village_operator', institutionId })
    }
    const rows = places.map(([code, name, residents, longitude_e6, latitude_e6]) => ({
      ...{ code, name, residents, longitude_e6, latitude_e6 },
      ...{ region: '340123', source },
    }))
    await villageTables(work).insertInto('svc_village_counter.settlement').values(rows).execute()
    await insureVillager(work, idOf('person:anhui-villager'))
  })
}

/** Insured since the scheme began and paid for nine years of it: nobody finds the villager due, who has to come to a counter. */
async function insureVillager(work: Work, personId: Id): Promise<void> {
  const insurance = 'resident_pension' as const
  const since = '2012-07-01'
  await enrol(work, { personId, insurance, poolingArea: 'resident_pension:340000', agency: '340100', from: since })
  await recordPersonContributions(
    work,
    Array.from({ length: 108 }, (_, nth) => {
      const month = monthOf(addMonths(since, nth))
      return { personId, insurance, month, employerId: null, baseFen: 2_500, paidOn: `${month}-20` }
    }),
  )
}

/** Their password is that of every user of the demo world. */
async function seedOfficer(work: Work, officer: { login: string; role: string; institutionId: Id }): Promise<void> {
  const { login, role, institutionId } = officer
  const userId = await createUser(work, { login, displayName: `示例·${login}` })
  const known = must(await findUserByLogin(work, 'hefei-accept'), 'an officer of the demo world')
  await setPasswordHash(work, userId, must(known.passwordHash, 'their password'))
  await assign(work, { userId, role, institutionId, from: '2024-01-01' })
}

const station = { code: '340123101000', name: '示例镇社保事务所', longitudeE6: 117_262_000, latitudeE6: 31_736_000 }

const villages = [
  { code: '340123101201', name: '示例一村服务点', longitudeE6: 117_270_000, latitudeE6: 31_740_000 },
  { code: '340123101202', name: '示例二村服务点', longitudeE6: 117_330_000, latitudeE6: 31_760_000 },
  { code: '340123101203', name: '示例三村服务点', longitudeE6: 117_210_000, latitudeE6: 31_690_000 },
]

const places = [
  ['340123101201-01', '示例一村东庄', 820, 117_275_000, 31_745_000],
  ['340123101201-02', '示例一村西庄', 610, 117_255_000, 31_738_000],
  ['340123101202-01', '示例二村', 940, 117_334_000, 31_762_000],
  ['340123101202-02', '示例二村岭上', 180, 117_352_000, 31_791_000],
  ['340123101203-01', '示例三村', 730, 117_212_000, 31_688_000],
  ['340123101203-02', '示例三村沟口', 260, 117_170_000, 31_640_000],
] as const

const serviceItem = {
  itemCode: 'TB-CJ-0001',
  service: serviceId,
  level: 'local',
  name: { zh: '城乡居民养老保险村级受理', en: 'Resident pension at village counters' },
  maturity: 'easy_to_do',
  proofsAsked: [{ zh: '居民身份证', en: 'Identity card' }],
  proofsSaved: [
    {
      zh: '参保缴费证明',
      en: 'Proof of contributions',
      sharedFrom: { zh: '登记簿', en: 'the registers' },
    },
    {
      zh: '未领取其他养老待遇的证明',
      en: 'Proof that no other pension is drawn',
      sharedFrom: { zh: '数据比对', en: 'comparison' },
    },
  ],
  assumed: true,
  from,
  source: 'B3.07',
}
