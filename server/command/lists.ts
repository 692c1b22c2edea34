import { writeFile } from 'node:fs/promises'
import { BadInput, inTransaction, type Language, must, renderMessage, systemActor } from '../../ground/door.ts'
import { csvOf, currentListRows, getList, type ListImport, readListYaml, tableOfTrees } from '../../registers/door.ts'
import { houseMessages } from '../house-messages.ts'
import { importListFile } from '../routes/lists.ts'
import { importNamed, inConfiguredWorld, readNamed } from './configured-nodes.ts'

/** What `tongban registers import` takes beside the files. */
export type ImportListsOptions = { list?: string; region?: string; json?: boolean; lang: Language }

/**
 * Imports files of lists (YAML, CSV, Excel) into every region of this installation, or into one: in each, all of them or none. A YAML file says whose
 * it is; for a table `--list` does. Throws `BadInput` naming file, row and column, `OperatingFailure` `file_unreadable`.
 */
export async function importLists(files: readonly string[], options: ImportListsOptions): Promise<number> {
  const { region, json = false, lang } = options
  const read = await Promise.all(files.map(readNamed))
  return inConfiguredWorld(region, async (nodes) => {
    const all: Array<ListImport & { region: string; list: string }> = []
    for (const { region: code, node } of nodes) {
      const done = await inTransaction(node, systemActor, async (work) => {
        const imported: Array<ListImport & { list: string }> = []
        for (const { file, bytes } of read) {
          const { list, counts } = await importNamed({ file, bytes }, async () => {
            const named = getList(options.list ?? listNamedIn(file, bytes))
            return { list: named, counts: await importListFile(work, named, file, Buffer.from(bytes)) }
          })
          imported.push({ list: list.id, ...counts })
        }
        return imported
      })
      all.push(...done.map((each) => ({ region: code, ...each })))
    }
    const lines = all.map((each) => renderMessage(houseMessages(), lang, 'lists.imported', each))
    console.log(json ? JSON.stringify(all, null, 2) : lines.join('\n'))
    return 0
  })
}

function listNamedIn(file: string, bytes: Uint8Array): string {
  const named = /\.ya?ml$/i.test(file) ? readListYaml(new TextDecoder().decode(bytes)).list : undefined
  if (named !== undefined) return named
  throw new BadInput([{ path: 'list', expected: 'YAML with `list`, or --list', found: file }])
}

/** What `tongban registers export` takes. */
export type ExportListOptions = { region?: string; out?: string }

/** Writes a list of one region, the first of this installation unless one is named, as CSV, as an import takes it. */
export async function exportList(id: string, { region, out }: ExportListOptions): Promise<number> {
  const list = getList(id)
  return inConfiguredWorld(region, async ([first]) => {
    const { node } = must(first, 'a region')
    const kept = await inTransaction(node, systemActor, (work) => currentListRows(work, list))
    const csv = csvOf(tableOfTrees(kept.map(({ row }) => ({ ...row }))))
    if (out === undefined) process.stdout.write(csv)
    else await writeFile(out, csv)
    return 0
  })
}
