import { type DBSchema, type IDBPDatabase, openDB } from 'idb'

/** What is written on the device, sealed (`sealing.ts`): AES-GCM with its nonce. */
export type Sealed = { nonce: Uint8Array<ArrayBuffer>; bytes: ArrayBuffer }

/** How far a form is. `sent` keeps nothing of what was typed. */
export type FormState = 'draft' | 'waiting' | 'refused' | 'sent'

/** A form as the device keeps it. What is not sealed names no person. */
export type StoredForm = {
  /** The idempotency key, made when the form was begun and kept until the node has answered. */
  key: string
  /** In which order forms were finished; 0 for drafts. */
  order: number
  userId: string
  /** The post in which it was filled in, which is the one it is sent in. */
  assignmentId: string | null
  /** What it is about; of two forms about the same thing the second waits until the first is settled. */
  about: string
  state: FormState
  /** How often it was sent: one that was never sent may be taken back. */
  attempts: number
  /** When it was begun, finished or sent, by the device's clock. */
  at: string
  content: Sealed | null
}

/** An answer that was taken along, for reading without a connection. */
export type StoredAnswer = { userId: string; address: string; at: string; content: Sealed }

/** Whose device this is now. */
export type DeviceState = {
  /** Who is signed in, as the node last said. */
  userId: string | null
  /** Whether answers are taken along: only where somebody asked for it. */
  takesAlong: boolean
  /** Somebody signed out while there was no connection, and the node does not know it yet. */
  owesSignOut: boolean
}

interface OfflineSchema extends DBSchema {
  keys: { key: string; value: { userId: string; key: CryptoKey } }
  forms: { key: string; value: StoredForm }
  answers: { key: [string, string]; value: StoredAnswer }
  device: { key: string; value: DeviceState }
}

/** The store of one region's pages on this device. */
export type OfflineStore = {
  keyOf(userId: string): Promise<CryptoKey | undefined>
  addKey(userId: string, key: CryptoKey): Promise<CryptoKey>
  dropKey(userId: string): Promise<void>
  forms(): Promise<StoredForm[]>
  /** Changes a form in one step that is on the disk when it returns: `change` sees it as it is now, and all others; undefined removes it. */
  changeForm(
    key: string,
    change: (now: StoredForm | undefined, all: readonly StoredForm[]) => StoredForm | undefined,
  ): Promise<StoredForm | undefined>
  answer(userId: string, address: string): Promise<StoredAnswer | undefined>
  keepAnswer(answer: StoredAnswer): Promise<void>
  /** Removes answers: of everybody but one user, of everybody, or those older than an instant. */
  dropAnswers(which: { exceptOf?: string; before?: string }): Promise<void>
  device(): Promise<DeviceState>
  changeDevice(change: Partial<DeviceState>): Promise<DeviceState>
}

/** Writing that counts only once it is on the disk: a device that loses power right after has it all the same. */
const strict = { durability: 'strict' } as const

const nobody: DeviceState = { userId: null, takesAlong: false, owesSignOut: false }

/** Opens the store of a region, in the browser's IndexedDB. */
export function openStore(region: string): OfflineStore {
  let opened: Promise<IDBPDatabase<OfflineSchema>> | undefined
  const database = () => {
    opened ??= openDB<OfflineSchema>(`tongban-${region}`, 1, {
      upgrade(made) {
        made.createObjectStore('keys', { keyPath: 'userId' })
        made.createObjectStore('forms', { keyPath: 'key' })
        made.createObjectStore('answers', { keyPath: ['userId', 'address'] })
        made.createObjectStore('device')
      },
    })
    return opened
  }
  return {
    keyOf: async (userId) => (await (await database()).get('keys', userId))?.key,
    async addKey(userId, key) {
      const writing = (await database()).transaction('keys', 'readwrite', strict)
      const known = await writing.store.get(userId)
      if (!known) await writing.store.put({ userId, key })
      await writing.done
      return known?.key ?? key
    },
    dropKey: async (userId) => (await database()).delete('keys', userId),
    forms: async () => (await database()).getAll('forms'),
    async changeForm(key, change) {
      const writing = (await database()).transaction('forms', 'readwrite', strict)
      const all = await writing.store.getAll()
      const next = change(
        all.find((form) => form.key === key),
        all,
      )
      if (next) await writing.store.put(next)
      else await writing.store.delete(key)
      await writing.done
      return next
    },
    answer: async (userId, address) => (await database()).get('answers', [userId, address]),
    keepAnswer: async (answer) => void (await (await database()).put('answers', answer)),
    async dropAnswers({ exceptOf, before }) {
      const writing = (await database()).transaction('answers', 'readwrite', strict)
      for (const answer of await writing.store.getAll()) {
        const stays = answer.userId === exceptOf || (before !== undefined && answer.at >= before)
        if (!stays) await writing.store.delete([answer.userId, answer.address])
      }
      await writing.done
    },
    device: async () => (await (await database()).get('device', 'here')) ?? nobody,
    async changeDevice(change) {
      const writing = (await database()).transaction('device', 'readwrite', strict)
      const next = { ...((await writing.store.get('here')) ?? nobody), ...change }
      await writing.store.put(next, 'here')
      await writing.done
      return next
    },
  }
}
