import { once } from 'node:events'
import { createWriteStream, type WriteStream } from 'node:fs'
import { rename, rm } from 'node:fs/promises'

/** A file that appears under its name only when it is whole. */
export interface NewFile {
  /** Where it is written until then. */
  readonly partPath: string
  /** Gives it its name. */
  keep(): Promise<void>
  /** Leaves nothing of it behind. */
  drop(): Promise<void>
}

/** A file to be written beside its place. */
export function newFile(path: string): NewFile {
  const partPath = `${path}.part`
  return {
    partPath,
    keep: () => rename(partPath, path),
    drop: () => rm(partPath, { force: true }),
  }
}

/** A stream into a new file that waits where the disk is slower than the run. Whatever the stream fails with is thrown by the next call. */
export interface FileStream {
  /** What is written to it by others must be followed by `drained`, and ended before `finish`. */
  readonly stream: WriteStream
  write(text: string): Promise<void>
  /** Waits until there is room for more. */
  drained(): Promise<void>
  finish(): Promise<void>
  abort(): Promise<void>
}

/** Opens a stream into a file that is to have the name `path`. */
export function openFileStream(path: string): FileStream {
  const file = newFile(path)
  const stream = createWriteStream(file.partPath)
  let failure: unknown
  stream.on('error', (error) => {
    failure = error
  })
  // A stream that has failed says nothing more: whoever waited then would wait for ever.
  const throwFailure = () => {
    if (failure !== undefined) throw failure
  }
  const drained = async () => {
    throwFailure()
    if (stream.writableNeedDrain) await once(stream, 'drain')
  }
  return {
    stream,
    async write(text) {
      throwFailure()
      stream.write(text)
      await drained()
    },
    drained,
    async finish() {
      throwFailure()
      if (!stream.writableFinished) await once(stream, 'finish')
      await file.keep()
    },
    async abort() {
      stream.destroy()
      if (!stream.closed) await once(stream, 'close')
      await file.drop()
    },
  }
}
