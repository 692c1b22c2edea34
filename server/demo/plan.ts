import type { BothLanguages } from '../../ground/door.ts'
import type { DemoEmployment } from './employment-plan.ts'
import { hebei } from './hebei.ts'
import { heilongjiang } from './heilongjiang.ts'
import { smallProvinces } from './provinces.ts'

/** An institution of the demo world; `name` is the word by which seeds know it (`institution:<name>`). */
export type DemoInstitution = {
  name: string
  title: string
  kind: 'hospital' | 'rehabilitation' | 'device_maker'
  level: 1 | 2 | 3 | null
  region: string
  /** How far its agreement is. */
  connection: 'live' | 'connected' | 'agreed'
}

/** A city or province whose agency handles cases, with the employers and residents insured there. */
export type DemoAgency = {
  name: string
  region: string
  /** County where its residents are registered. */
  county: string
  employers: number
  residents: number
}

/** Somebody whom a story needs by name (`person:<name>`), insured with an agency; signs in by that name. */
export type DemoCharacter = {
  name: string
  title: string
  agency: string
  story: BothLanguages
  /** Their card: with an e-card, without one, or reported lost. */
  card?: 'with_e_card' | 'no_e_card' | 'lost'
  /** The character for whom this one may act, as a relative. */
  actsFor?: string
  bornOn: string
}

/** One node of the demo world. Everybody and everything in it is invented. */
export type DemoRegion = {
  region: string
  agencies: DemoAgency[]
  institutions: DemoInstitution[]
  characters: DemoCharacter[]
  /** Prefectures that took part in the pilot period. */
  pilotPrefectures: string[]
  /** What prices are there, in parts per million of the list in catalogue.yaml. */
  priceLevelPpm: number
  /** Employers, workers and banks of the stories about work. */
  employment?: DemoEmployment
}

/** Roles that every agency of the demo world staffs; those twice that two different officers need. */
export const agencyRoles = [
  'accept',
  'accept',
  'review',
  'review',
  'approve',
  'pay',
  'audit',
  'control',
  'permission_admin',
  'catalogue_admin',
  'catalogue_admin',
  'values_admin',
  'values_admin',
  'supervisor',
] as const

/** Roles at the hub. */
export const hubRoles = ['hub_clerk', 'hub_clerk', 'control', 'permission_admin', 'supervisor'] as const

/** The demo world's nodes by region. */
export const demoPlan: readonly DemoRegion[] = [
  {
    region: '000000',
    agencies: [{ name: 'hub', region: '000000', county: '110101', employers: 0, residents: 0 }],
    institutions: [],
    characters: [],
    pilotPrefectures: [],
    priceLevelPpm: 1_000_000,
  },
  {
    region: '320000',
    agencies: [
      { name: 'jiangsu', region: '320000', county: '320102', employers: 0, residents: 0 },
      { name: 'nanjing', region: '320100', county: '320102', employers: 8, residents: 160 },
    ],
    institutions: [
      {
        name: 'nanjing-hospital',
        title: '南京示例医院',
        kind: 'hospital',
        level: 3,
        region: '320100',
        connection: 'live',
      },
      {
        name: 'nanjing-rehabilitation',
        title: '南京示例康复医院',
        kind: 'rehabilitation',
        level: 2,
        region: '320100',
        connection: 'live',
      },
      {
        name: 'nanjing-device',
        title: '南京示例辅助器具中心',
        kind: 'device_maker',
        level: null,
        region: '320100',
        connection: 'live',
      },
    ],
    characters: [
      {
        name: 'li-na',
        title: '示例·李娜',
        agency: 'nanjing',
        bornOn: '1986-04-12',
        card: 'with_e_card',
        story: {
          zh: '南京参保，工伤已认定，在乌鲁木齐居住满八个月，要办理异地就医备案',
          en: 'Insured in Nanjing, work injury recognised, eight months in Urumqi: files for treatment there',
        },
      },
      {
        name: 'li-na-husband',
        title: '示例·王强',
        agency: 'nanjing',
        bornOn: '1984-09-03',
        card: 'with_e_card',
        actsFor: 'li-na',
        story: { zh: '李娜的丈夫，可以代她办理', en: 'Husband of Li Na, may act for her' },
      },
      {
        name: 'five-months',
        title: '示例·陈五月',
        agency: 'nanjing',
        bornOn: '1990-07-21',
        card: 'with_e_card',
        story: { zh: '在外地只居住了五个月', en: 'Only five months away from home' },
      },
      {
        name: 'no-confirmation',
        title: '示例·周未认',
        agency: 'nanjing',
        bornOn: '1979-01-30',
        card: 'with_e_card',
        story: { zh: '还没有工伤认定或确认', en: 'Without any determination or confirmation yet' },
      },
      {
        name: 'lost-card',
        title: '示例·吴失卡',
        agency: 'nanjing',
        bornOn: '1982-11-08',
        card: 'lost',
        story: { zh: '社保卡已挂失', en: 'Has reported the card lost' },
      },
    ],
    pilotPrefectures: ['320100', '320200', '320500'],
    priceLevelPpm: 1_050_000,
  },
  {
    region: '620000',
    agencies: [
      { name: 'gansu', region: '620000', county: '620102', employers: 0, residents: 0 },
      { name: 'lanzhou', region: '620100', county: '620102', employers: 6, residents: 90 },
      { name: 'tianshui', region: '620500', county: '620502', employers: 4, residents: 60 },
    ],
    institutions: [
      {
        name: 'lanzhou-hospital',
        title: '兰州示例医院',
        kind: 'hospital',
        level: 3,
        region: '620100',
        connection: 'live',
      },
      {
        name: 'tianshui-hospital',
        title: '天水示例医院',
        kind: 'hospital',
        level: 2,
        region: '620500',
        connection: 'live',
      },
      {
        name: 'lanzhou-rehabilitation',
        title: '兰州示例康复医院',
        kind: 'rehabilitation',
        level: 2,
        region: '620100',
        connection: 'live',
      },
      {
        name: 'lanzhou-device',
        title: '兰州示例辅助器具中心',
        kind: 'device_maker',
        level: null,
        region: '620100',
        connection: 'live',
      },
    ],
    characters: [
      {
        name: 'ma-jun',
        title: '示例·马军',
        agency: 'lanzhou',
        bornOn: '1975-03-17',
        card: 'with_e_card',
        story: {
          zh: '兰州参保，经医院提出意见，要转往南京治疗',
          en: 'Insured in Lanzhou, to be referred to Nanjing on the opinion of a hospital',
        },
      },
      {
        name: 'ma-jun-daughter',
        title: '示例·马晓',
        agency: 'lanzhou',
        bornOn: '2001-05-26',
        card: 'with_e_card',
        actsFor: 'ma-jun',
        story: { zh: '马军的女儿，可以代他办理', en: 'Daughter of Ma Jun, may act for him' },
      },
      {
        name: 'lanzhou-tianshui',
        title: '示例·赵天水',
        agency: 'lanzhou',
        bornOn: '1988-12-02',
        card: 'with_e_card',
        story: {
          zh: '兰州参保，在天水住院，省内直接结算',
          en: 'Insured in Lanzhou, in hospital in Tianshui, same province',
        },
      },
    ],
    pilotPrefectures: ['620100', '620500'],
    priceLevelPpm: 950_000,
  },
  {
    region: '650000',
    agencies: [
      { name: 'xinjiang', region: '650000', county: '650102', employers: 0, residents: 0 },
      { name: 'urumqi', region: '650100', county: '650102', employers: 6, residents: 110 },
      { name: 'changji', region: '652300', county: '652301', employers: 4, residents: 40 },
    ],
    institutions: [
      {
        name: 'urumqi-hospital',
        title: '乌鲁木齐示例医院',
        kind: 'hospital',
        level: 3,
        region: '650100',
        connection: 'live',
      },
      {
        name: 'urumqi-hospital-not-live',
        title: '乌鲁木齐示例第二医院（尚未联网）',
        kind: 'hospital',
        level: 3,
        region: '650100',
        connection: 'agreed',
      },
      {
        name: 'urumqi-clinic',
        title: '乌鲁木齐示例社区医院',
        kind: 'hospital',
        level: 1,
        region: '650100',
        connection: 'live',
      },
      {
        name: 'changji-hospital',
        title: '昌吉示例医院',
        kind: 'hospital',
        level: 2,
        region: '652300',
        connection: 'live',
      },
      {
        name: 'urumqi-rehabilitation',
        title: '乌鲁木齐示例康复医院',
        kind: 'rehabilitation',
        level: 2,
        region: '650100',
        connection: 'live',
      },
      {
        name: 'urumqi-device',
        title: '乌鲁木齐示例辅助器具中心',
        kind: 'device_maker',
        level: null,
        region: '650100',
        connection: 'live',
      },
    ],
    characters: [
      {
        name: 'xinjiang-referral',
        title: '示例·艾力',
        agency: 'urumqi',
        bornOn: '1981-06-15',
        card: 'with_e_card',
        story: {
          zh: '乌鲁木齐参保，要转往外地治疗，需要二级以上医院的意见',
          en: 'Insured in Urumqi, to be referred outside: needs the opinion of a hospital of level 2 or above',
        },
      },
      {
        name: 'xinjiang-referral-sister',
        title: '示例·古丽',
        agency: 'urumqi',
        bornOn: '1985-02-09',
        card: 'with_e_card',
        actsFor: 'xinjiang-referral',
        story: { zh: '艾力的妹妹，可以代他办理', en: 'Sister of Aili, may act for him' },
      },
    ],
    pilotPrefectures: ['650100', '652300'],
    priceLevelPpm: 1_000_000,
  },
  hebei,
  heilongjiang,
  ...smallProvinces,
]

/** The plan of one node; undefined for a region that the demo world does not have. */
export function findDemoRegion(region: string): DemoRegion | undefined {
  return demoPlan.find((planned) => planned.region === region)
}
