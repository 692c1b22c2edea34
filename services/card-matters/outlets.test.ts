import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type BenefitSite, benefitSite } from '../../benefits/testing.ts'
import { readMigrations } from '../../ground/door.ts'
import { cardholders, issueCard, makeSyntheticIdNumber, registerPerson } from '../../people/door.ts'
import { cardholderFile } from './cardholder-file.ts'
import { offeredItems, registerNetwork, shippedNetwork } from './network.ts'
import { closeOutlet, coverageOf, outletsOf, registerOutlet } from './outlets.ts'
import { matterRoutes } from './routes.ts'
import { service } from './service.ts'

let site: BenefitSite
beforeAll(async () => {
  const migrations = [await readMigrations('svc_card_matters', new URL('./migrations/', import.meta.url))]
  site = await benefitSite({ region: '420000', on: '2024-12-30', service, migrations })
  await site.run((work) => registerNetwork(work, shippedNetwork()))
})
afterAll(() => site.close())

const region = '421303'

function call(path: string, query: object, actor?: Parameters<typeof site.run>[1], method = 'GET') {
  const routes = matterRoutes({ rulebook: site.rulebook, cases: () => site.cases })
  const route = routes.find((each) => each.path === path && each.method === method)
  return site.run(async (work) => route?.handle(work, { params: {}, query, body: query }), actor)
}

describe('B4-t3 every township has an outlet that issues at once', () => {
  it('passes for the 78 outlets of the district', async () => {
    expect(await site.run((work) => coverageOf(work, region))).toEqual({
      townships: 10,
      instantOutlets: 78,
      isCovered: true,
      lacking: [],
    })
  })

  it('names the township whose last one closed, from the day after', async () => {
    const inZone = (await site.run((work) => outletsOf(work, region))).filter(
      ({ township }) => township === '421303400',
    )
    for (const { outletId } of inZone) await site.run((work) => closeOutlet(work, outletId, '2024-12-30'))
    expect((await site.run((work) => coverageOf(work, region))).isCovered).toBe(true)
    site.moveTo('2024-12-31')
    const lacking = await site.run((work) => coverageOf(work, region))
    expect(lacking).toMatchObject({ instantOutlets: 75, isCovered: false, lacking: [{ nameZh: '经济开发区管委会' }] })
    site.moveTo('2024-12-30')
  })

  it('a district of which nothing is registered is not covered', async () => {
    expect(await site.run((work) => coverageOf(work, '421321'))).toMatchObject({ isCovered: false, townships: 0 })
  })
})

describe('what outlets offer', () => {
  it('nine are of class A, with 21 classes and 52 items', async () => {
    const { outlets } = (await call('/outlets', { region })) as { outlets: Array<{ classA: boolean; items: number }> }
    expect(outlets.filter(({ classA }) => classA)).toHaveLength(9)
    expect(outlets.find(({ classA }) => classA)).toMatchObject({ classes: 21, items: 52 })
    expect(outlets.find(({ classA }) => !classA)).toMatchObject({ classes: 1, items: 7 })
    expect(offeredItems().flatMap(({ items }) => items)).toHaveLength(52)
    expect(offeredItems()).toHaveLength(21)
  })

  it('B4.05 a counter in a hall has dedicated equipment and full-time staff', async () => {
    const counter = {
      ...{ code: 'HALL-1', name: '示例银行政务大厅柜台', region, township: '421303001', openedOn: '2024-01-02' },
      ...{ place: 'government_hall' as const, instantIssue: true, cardMakers: 1, fullTimeStaff: 0 },
    }
    await expect(site.run((work) => registerOutlet(work, counter))).rejects.toMatchObject({
      code: 'outlet_without_machine',
      clause: 'B4.05',
    })
    await site.run((work) => registerOutlet(work, { ...counter, fullTimeStaff: 2 }))
    const retiree = { ...counter, code: 'HALL-2', place: 'retiree_hall' as const, fullTimeStaff: 1 }
    await site.run((work) => registerOutlet(work, retiree))
    const places = (await site.run((work) => outletsOf(work, region))).map(({ place }) => place)
    expect(new Set(places)).toEqual(new Set(['own_premises', 'government_hall', 'retiree_hall']))
  })

  it('an outlet stands in a township that is registered', async () => {
    const outlet = {
      ...{ code: 'X-1', name: '示例银行', region, township: '421303999', openedOn: '2024-01-02' },
      ...{ instantIssue: false, cardMakers: 0, fullTimeStaff: 1 },
    }
    await expect(site.run((work) => registerOutlet(work, outlet))).rejects.toMatchObject({ code: 'township_unknown' })
  })
})

describe('B4.09 the ledger of cardholders', () => {
  it('lists those of the district, filtered, and hands them out as CSV and Excel', async () => {
    await site.run(async (work) => {
      for (const [sequence, homeRegion] of [region, region, '421321'].entries()) {
        const idNumber = makeSyntheticIdNumber({ region: homeRegion, birthOn: '1960-01-02', sequence })
        const { personId } = await registerPerson(work, {
          idNumber,
          name: `=示例${sequence}`,
          homeRegion,
          agency: homeRegion,
        })
        await issueCard(work, { personId, number: `L42${sequence}00000`, outlet: '示例网点' })
      }
    })
    const officer = await site.officer('supervisor', { agency: region })
    const query = { purpose: '年度核对', region }
    const { items } = (await call('/cardholders', query, officer)) as { items: object[] }
    expect(items).toHaveLength(2)
    const file = (await call('/cardholders/file', { ...query, format: 'csv' }, officer)) as {
      base64: string
      lines: number
    }
    const text = Buffer.from(file.base64, 'base64').toString()
    expect(file.lines).toBe(2)
    expect(text.split('\r\n')[0]).toContain('社保卡号')
    expect(text).toContain("'=示例0")
    const lines = await site.run((work) => cardholders(work, { limit: 10 }, 'test'), officer)
    expect((await cardholderFile(lines, 'xlsx')).subarray(0, 2).toString()).toBe('PK')
  })
})
