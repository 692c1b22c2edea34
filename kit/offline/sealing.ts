import type { OfflineStore, Sealed } from './store.ts'

/**
 * Seals what is written on the device under a key of its user, which the browser keeps and no script can read out: files of the profile show no
 * names, and what one user wrote opens for no other (the user is part of what is checked). It does not stand in for the device's own encryption.
 */
export type Seal = {
  close(userId: string, content: unknown): Promise<Sealed>
  /** Undefined where the key is gone or it is somebody else's. */
  open(userId: string, sealed: Sealed): Promise<unknown>
}

const algorithm = { name: 'AES-GCM', length: 256 } as const

/** Seals by the keys of a store, each made when its user first writes something. */
export function createSeal(store: OfflineStore): Seal {
  const bound = (userId: string) => new TextEncoder().encode(userId)
  const keyFor = async (userId: string) => {
    const known = await store.keyOf(userId)
    if (known) return known
    const made = await crypto.subtle.generateKey(algorithm, false, ['encrypt', 'decrypt'])
    return store.addKey(userId, made)
  }
  return {
    async close(userId, content) {
      const nonce = crypto.getRandomValues(new Uint8Array(12))
      const text = new TextEncoder().encode(JSON.stringify(content))
      const how = { name: 'AES-GCM', iv: nonce, additionalData: bound(userId) }
      return { nonce, bytes: await crypto.subtle.encrypt(how, await keyFor(userId), text) }
    },
    async open(userId, { nonce, bytes }) {
      const key = await store.keyOf(userId)
      if (!key) return undefined
      try {
        const how = { name: 'AES-GCM', iv: nonce, additionalData: bound(userId) }
        return JSON.parse(new TextDecoder().decode(await crypto.subtle.decrypt(how, key, bytes)))
      } catch {
        return undefined
      }
    },
  }
}
