import { spawn } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { syntheticBulletin, syntheticMagazine } from '../../registers/testing.ts'

const command = fileURLToPath(new URL('../../bin/tongban.js', import.meta.url))
const article = { title: '甘肃：合成的办法', body: ['合成的第一段，说到工伤。'], source: '合成社' }

let folder: string
let data: string
beforeAll(async () => {
  data = await mkdtemp(join(tmpdir(), 'tongban-documents-data-'))
  folder = await mkdtemp(join(tmpdir(), 'tongban-documents-'))
  await writeFile(
    join(folder, 'bulletin.txt'),
    syntheticBulletin({ articles: [article], contents: ['甘肃： 合成的办法'] }),
  )
  await writeFile(
    join(folder, 'magazine.txt'),
    syntheticMagazine([{ title: '合成的题', body: ['合成的话，说到工伤。'] }]),
  )
  await writeFile(join(folder, 'other.txt'), '随便一段话。\n')
})
afterAll(async () => {
  for (const made of [folder, data]) await rm(made, { recursive: true, force: true })
})

function documents(...parameters: string[]): Promise<{ code: number | null; out: string; err: string }> {
  return new Promise((resolve) => {
    const environment = { DATABASE_URL: undefined, TONGBAN_MODE: 'operation', TONGBAN_REGIONS: '620000' }
    const env = { ...process.env, ...environment, TONGBAN_DATA: data }
    const child = spawn(process.execPath, [command, 'documents', ...parameters], { env, cwd: folder })
    const ended = { out: '', err: '' }
    child.stdout.on('data', (text) => {
      ended.out += text
    })
    child.stderr.on('data', (text) => {
      ended.err += text
    })
    child.on('close', (code) => resolve({ ...ended, code }))
  })
}

describe('tongban documents', () => {
  it('imports a bulletin and a magazine, says what does not agree, and finds what was printed', async () => {
    const bulletin = await documents('import', 'bulletin.txt')
    expect(bulletin).toMatchObject({ code: 0, err: '' })
    expect(bulletin.out).toContain('bulletin.txt 已导入：nanjing-hrss-express 209901 第 1 版，1 篇文章，1 段。')
    expect(bulletin.out).toContain('标题与目录写法不同：甘肃：合成的办法')
    expect((await documents('import', 'bulletin.txt', '--lang', 'en')).out).toContain('nothing was changed')
    const magazine = ['magazine.txt', '--series', 'caijing', '--issue', '2099-01', '--on', '2099-01-05']
    expect((await documents('import', ...magazine)).out).toContain('caijing 2099-01 第 1 版')
    const found = await documents('search', '工傷')
    expect(found.out).toContain('nanjing-hrss-express-209901/1/p1: 合成的第一段，说到【工伤】。')
    expect(found.out).toContain('caijing-2099-01/1/p1')
    expect(found.out).toContain('共找到 2 篇文章。')
  }, 120_000)

  it('what cannot be understood is told with file, line and column, and the other files are not imported either', async () => {
    await writeFile(join(folder, 'next.txt'), syntheticBulletin({ issue: '209902', articles: [article] }))
    const ended = await documents('import', 'next.txt', 'other.txt')
    expect(ended.code).toBe(1)
    expect(ended.err).toContain('other.txt: line 1, column 1')
    expect((await documents('search', '“合成的办法”', '--json')).out).not.toContain('209902')
    expect((await documents('import', 'missing.txt')).err).toContain('无法读取文件 missing.txt')
  }, 120_000)
})
