import type { DemoEmployment } from './employment-plan.ts'
import type { DemoCharacter, DemoRegion } from './plan.ts'
import { hefeiWork, hunanWork, ningxiaWork, zigongWork } from './province-work.ts'

/**
 * Provinces of which the demo world shows only what is their own: one agency of the province, the places of the bulletins, a few residents and
 * employers, and somebody for each story. No hospital is connected there, so nothing is settled directly.
 */
export const smallProvinces: readonly DemoRegion[] = [
  small(
    '340000',
    'anhui',
    '340102',
    [{ name: 'hefei', region: '340100', county: '340104' }],
    [
      {
        ...{ name: 'hefei-doctor', title: '示例·方博', agency: 'hefei', bornOn: '1994-03-12' },
        story: { zh: '博士，在合肥买第一套住房', en: 'A doctor of science who buys a first home in Hefei' },
      },
    ],
    hefeiWork,
  ),
  small(
    '360000',
    'jiangxi',
    '360102',
    [{ name: 'nanchang', region: '360100', county: '360103' }],
    [
      {
        ...{ name: 'jiangxi-physician', title: '示例·熊医', agency: 'nanchang', bornOn: '1980-10-20' },
        story: {
          zh: '县医院医生，申报卫生高级职称',
          en: 'A physician of a county hospital who applies for a senior title',
        },
      },
      ...reviewers('jiangxi', 'nanchang'),
    ],
  ),
  small(
    '420000',
    'hubei',
    '421303',
    [{ name: 'zengdu', region: '421300', county: '421303' }],
    [
      {
        ...{ name: 'zengdu-old-holder', title: '示例·余老', agency: 'zengdu', bornOn: '1942-02-14' },
        story: { zh: '高龄，卡丢了，需要上门补卡', en: 'Very old, lost the card, needs a visit at home' },
      },
      {
        ...{ name: 'zengdu-rider', title: '示例·何乘', agency: 'zengdu', bornOn: '1991-12-05' },
        story: { zh: '用社保卡坐公交、进景区', en: 'Takes the bus and visits the valley with the card' },
      },
    ],
  ),
  small(
    '430000',
    'hunan',
    '430102',
    [{ name: 'changsha', region: '430100', county: '430103' }],
    [
      {
        ...{ name: 'hunan-returner', title: '示例·彭归', agency: 'changsha', bornOn: '1985-06-09' },
        story: { zh: '返乡创业的农民工', en: 'A migrant worker who came back to start a business' },
      },
    ],
    hunanWork,
  ),
  small(
    '510000',
    'sichuan',
    '510104',
    [{ name: 'zigong', region: '510300', county: '510303' }],
    [
      {
        ...{ name: 'zigong-courier', title: '示例·邓递', agency: 'zigong', bornOn: '1996-01-23' },
        story: {
          zh: '快递员，没有劳动合同，自己缴纳社会保险费',
          en: 'A courier without a labour contract who pays alone',
        },
      },
    ],
    zigongWork,
  ),
  small(
    '640000',
    'ningxia',
    '640104',
    [{ name: 'guyuan', region: '640400', county: '640402' }],
    [
      {
        ...{ name: 'ningxia-migrant', title: '示例·马务', agency: 'guyuan', bornOn: '1988-04-17' },
        story: { zh: '外出务工的农村劳动者', en: 'A rural worker who works elsewhere' },
      },
    ],
    ningxiaWork,
  ),
  small(
    '150000',
    'inner-mongolia',
    '150102',
    [{ name: 'hohhot', region: '150100', county: '150102' }],
    [
      {
        ...{ name: 'hohhot-technician', title: '示例·包工', agency: 'hohhot', bornOn: '1983-09-30' },
        story: { zh: '高级技师，申报工程系列职称', en: 'A senior technician who applies for an engineering title' },
      },
      ...reviewers('hohhot', 'hohhot'),
    ],
  ),
]

/** Reviewers of titles, one more than sit on a committee, so that somebody can follow who leaves: `jiangxi-reviewer-1` ... */
function reviewers(name: string, agency: string): Array<Omit<DemoCharacter, 'card'>> {
  return ['甲', '乙', '丙', '丁', '戊', '己'].map((letter, index) => ({
    ...{ name: `${name}-reviewer-${index + 1}`, title: `示例·评委${letter}`, agency, bornOn: `19${68 + index}-04-05` },
    story: { zh: '职称评审专家，抽中后打分', en: 'A reviewer of titles, who scores once drawn' },
  }))
}

type Place = { name: string; region: string; county: string }

function small(
  region: string,
  name: string,
  county: string,
  places: readonly Place[],
  characters: ReadonlyArray<Omit<DemoCharacter, 'card'>>,
  employment?: DemoEmployment,
): DemoRegion {
  return {
    region,
    agencies: [
      { name, region, county, employers: 0, residents: 0 },
      ...places.map((place) => ({ ...place, employers: 3, residents: 24 })),
    ],
    institutions: [],
    characters: characters.map((character) => ({ ...character, card: 'with_e_card' as const })),
    pilotPrefectures: [],
    priceLevelPpm: 1_000_000,
    ...(employment && { employment }),
  }
}
