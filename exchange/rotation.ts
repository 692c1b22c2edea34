import type { Work } from '../ground/door.ts'
import { introduce, introductionKind } from './introduction.ts'
import { fingerprintOf, keyOfPem } from './key.ts'
import { introduceHub } from './key-change.ts'
import { type KeyStore, makeSigningPair } from './key-store.ts'
import { sendMessage } from './outbox.ts'
import { asNode } from './tables.ts'

/**
 * Makes the node's next key and announces it to the hub under the present one. The node signs with it once the directory has it; until then, and
 * for whoever has not heard of it, the present one goes on. Returns its fingerprint.
 */
export function rotateKey(work: Work, keys: KeyStore): Promise<string> {
  return asNode(work, async (part) => {
    const { region } = part.node
    const { directoryVersion } = await keys.read(part)
    const pair = await makeSigningPair(part)
    const introduction = introduce(region, pair, { reads: keys.reads, directoryVersion })
    if (region === keys.hub) await introduceHub(part, keys, introduction)
    else await sendMessage(part, { to: keys.hub, kind: introductionKind, version: 1, body: introduction })
    return fingerprintOf(keyOfPem(pair.publicKeyPem))
  })
}
