import { describe, expect, it } from 'vitest'
import { button } from './browser.ts'
import { enter, press } from './keyboard.ts'
import { resident } from './residents.ts'
import { visitProduct } from './story.ts'

// What people can get without knowing of it, how they find it, and that neither reloading nor Back loses where they were.

const story = visitProduct('rights', { regions: '000000,320000,640000' })
const jiangsu = '320000'
const ningxia = '640000'

describe('What is certain by the registers', () => {
  it('B1.09: stands on the home with its sum, and in the interview with reason and clause', async () => {
    const page = await resident(story, ningxia, '示例·金远')
    const home = page.getByRole('region', { name: '您可能可以享受' })
    await home.getByText('元').first().waitFor()
    await page.goto(`/${ningxia}/resident/entitlements?result`)
    const can = page.getByRole('region', { name: '您可以享受' })
    await can
      .getByText(/^依据: .*C6\.01/)
      .first()
      .waitFor()
    expect(await can.getByText('为什么').count()).toBeGreaterThan(0)
  })

  it('answers are kept over a reload', async () => {
    const page = await resident(story, ningxia, '示例·金远')
    await page.goto(`/${ningxia}/resident/entitlements`)
    await press(button(page, '不清楚，先跳过'))
    await page.getByText('第 2 题').waitFor()
    await page.reload()
    await page.getByText('第 2 题').waitFor()
  })

  it('where no benefit of money is offered, what else may be theirs is', async () => {
    const page = await resident(story, jiangsu, '示例·李娜')
    await page.goto(`/${jiangsu}/resident/entitlements?result`)
    await page.getByRole('heading', { name: '结果' }).waitFor()
    await page.getByText('工伤医疗费、伙食补助和交通食宿费报销').waitFor()
    await page.getByText('上门服务').first().waitFor()
  })
})

describe('The directory', () => {
  it('finds by everyday words, names what other regions offer, and is there again after Back', async () => {
    const page = await resident(story, jiangsu, '示例·李娜')
    await page.goto(`/${jiangsu}/resident/services`)
    await enter(page.getByLabel('找事项'), '社保转移')
    await page.getByRole('heading', { name: '养老保险关系转移接续' }).waitFor()
    expect(await page.getByRole('heading', { level: 2 }).first().innerText()).toBe('养老保险关系转移接续')
    await enter(page.getByLabel('找事项'), '挂失')
    await press(page.getByRole('link', { name: /我的社保卡/ }))
    await page.getByRole('heading', { level: 1, name: /卡/ }).waitFor()
    await page.goBack()
    expect(await page.getByLabel('找事项').inputValue()).toBe('挂失')
    await enter(page.getByLabel('找事项'), '失业金')
    await page.getByText('在这些地区可以办').first().waitFor()
  })
})
