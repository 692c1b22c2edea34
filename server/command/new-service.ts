import { createInterface } from 'node:readline/promises'
import { BadInput, type Language, Refusal } from '../../ground/door.ts'
import { makeService, type newService } from '../new-service/made-service.ts'
import { servicesFolder } from '../services.ts'

/** The options of `tongban new-service`, as typed. */
export type NewServiceOptions = {
  titleZh?: string
  titleEn?: string
  applicant?: string
  region?: string
  clause?: string
  document?: string
  from?: string
  prefix?: string
  lang: Language
}

const questions: ReadonlyArray<{ name: keyof typeof newService.shape; zh: string; en: string }> = [
  { name: 'id', zh: '文件夹名（小写英文，如 swim-grant）', en: 'Folder (small letters, e.g. swim-grant)' },
  { name: 'titleZh', zh: '中文名称', en: 'Chinese title' },
  { name: 'titleEn', zh: '英文名称', en: 'English title' },
  { name: 'applicant', zh: '谁申请：person 或 employer', en: 'Who applies: person or employer' },
  { name: 'region', zh: '地区代码（如 430000）', en: 'Region code (e.g. 430000)' },
  { name: 'clause', zh: '条款编号（如 C5.03）', en: 'Clause (e.g. C5.03)' },
  { name: 'document', zh: '依据的文件名称', en: 'Document it stands on' },
  { name: 'from', zh: '施行日期（YYYY-MM-DD）', en: 'First day (YYYY-MM-DD)' },
  { name: 'prefix', zh: '办件编号前缀（两三个大写字母）', en: 'Prefix of case numbers (two or three capitals)' },
]

/**
 * Makes the folder of a new service from what is told by options, and asks for the rest where somebody sits at a terminal. Prints the files and
 * what to do next. Exit code 0, or 2 with everything that is wrong; then nothing was written.
 */
export async function makeNewService(id: string | undefined, options: NewServiceOptions): Promise<number> {
  const { lang, ...told } = options
  try {
    const files = makeService(servicesFolder, await askForTheRest({ ...(id && { id }), ...told }, lang))
    for (const file of files) console.log(file)
    console.log(nextSteps[lang])
    return 0
  } catch (error) {
    if (!(error instanceof BadInput || error instanceof Refusal)) throw error
    const problems = error instanceof BadInput ? error.problems : []
    for (const { path, expected, found } of problems) console.error(`${path}: ${said[lang](expected, found)}`)
    if (problems.length === 0) console.error(error.message)
    return 2
  }
}

const said = {
  zh: (expected: string, found: string) => `应为 ${expected}，现为 ${found}`,
  en: (expected: string, found: string) => `expected ${expected}, found ${found}`,
}

const nextSteps = {
  zh: '接下来：npx tongban check；npx vitest run services/<文件夹>；然后按 docs/new-service.md 改成真正的规则。',
  en: 'Next: npx tongban check; npx vitest run services/<folder>; then follow docs/new-service.md to make it the real rule.',
}

async function askForTheRest(told: Record<string, unknown>, lang: Language): Promise<Record<string, unknown>> {
  const missing = questions.filter(({ name }) => told[name] === undefined)
  if (missing.length === 0 || !process.stdin.isTTY) return told
  const terminal = createInterface({ input: process.stdin, output: process.stderr })
  const answers = { ...told }
  for (const question of missing) answers[question.name] = (await terminal.question(`${question[lang]}: `)).trim()
  terminal.close()
  return answers
}
