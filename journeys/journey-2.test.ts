import { describe, it } from 'vitest'
import { balancedBooks } from './books.ts'
import { caseIdOf, shoot } from './browser.ts'
import { admit, atStay, importAndPreview, settle } from './hospitals.ts'
import { press } from './keyboard.ts'
import { approveFiling, payClaim } from './officers.ts'
import { file, readECardCode, referralToNanjing, resident, supplyReceipts } from './residents.ts'
import { tellStory } from './story.ts'

// Referred from Lanzhou to Nanjing: the treatment is settled there, meals and travel are claimed at home.

const story = tellStory('journey-2')
const home = '620000'
const hospital = { region: '320000', login: 'nanjing-hospital-office' }
const maJun = '示例·马军'
let stayId = ''
let claimId = ''

const picture = (name: string) => `journey-2/${name}`

describe('journey 2: referred from Lanzhou to Nanjing', () => {
  it('he files with the opinion of a hospital of level 3, and two officers approve', async () => {
    const page = await resident(story, home, maJun)
    const filingId = await file(page, home, referralToNanjing)
    await approveFiling(story, home, 'lanzhou', filingId)
    await page.goto(`/${home}/resident/cases/${filingId}`)
    await page.getByText('已生效').first().waitFor()
    await shoot(page, picture('01-effective'))
  })

  it('the hospital in Nanjing admits him and settles twenty days; travel 600.00 and lodging 300.00 are declared', async () => {
    const code = await readECardCode(await resident(story, home, maJun), home)
    const page = await admit(story, hospital, { code })
    stayId = caseIdOf(page)
    await page.getByText('规则判定：符合').waitFor()
    await story.product.moveTo('2026-05-31')
    await atStay(story, hospital, stayId)
    await importAndPreview(page, 'nanjing-spine.csv', 7)
    await settle(page, { on: '2026-05-31', travel: '600', lodging: '300' })
    await shoot(page, picture('02-settled'))
  })

  it('A1.18: a claim of 600.00 for meals and 900.00 for travel is open at home; he gives the receipts', async () => {
    const page = await resident(story, home, maJun)
    await page.goto(`/${home}/resident`)
    await press(page.getByRole('link', { name: /1,500\.00/ }).first())
    await page.getByText('预计金额').waitFor()
    for (const amount of ['600.00', '900.00', '1,500.00']) await page.getByText(amount).first().waitFor()
    claimId = caseIdOf(page)
    await shoot(page, picture('03-claim'))
    await supplyReceipts(page, [
      { kind: '交通', number: 'EP2026-000001', amount: '600.00' },
      { kind: '食宿', number: 'EP2026-000002', amount: '300.00' },
    ])
    await page.getByText('待受理').first().waitFor()
  })

  it('1,500.00 are paid in Gansu, and the books balance', async () => {
    await payClaim(story, home, 'lanzhou', claimId)
    const page = await resident(story, home, maJun)
    await page.goto(`/${home}/resident/cases/${claimId}`)
    await page.getByText('已支付').first().waitFor()
    await page.getByText('1,500.00').first().waitFor()
    await shoot(page, picture('04-paid'))
    await shoot(await balancedBooks(story, home, 'gansu-supervisor'), picture('05-books'))
  })
})
