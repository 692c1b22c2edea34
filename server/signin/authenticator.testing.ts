import type { AuthenticationResponseJSON, RegistrationResponseJSON } from '@simplewebauthn/server'

/** What a test's authenticator lies about, for what must be refused. */
export type Lies = { origin?: string; rpId?: string; counter?: number; signedBy?: CryptoKey; isUserVerified?: boolean }

/** A passkey as an authenticator keeps it. */
export type KeptPasskey = { id: string; userHandle: string; keys: CryptoKeyPair; counter: number }

const es256 = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' } as const

/** A new pair of keys of the kind that passkeys are. */
export async function newKeys(): Promise<CryptoKeyPair> {
  return crypto.subtle.generateKey(es256, true, ['sign', 'verify'])
}

/** Makes a passkey as an authenticator does that counts its uses and asks for a PIN. `place`: the address of the page. */
export async function makePasskey(
  place: string,
  options: { challenge: string; user: { id: string } },
  id: string,
  lies: Lies = {},
): Promise<{ kept: KeptPasskey; response: RegistrationResponseJSON }> {
  const keys = await newKeys()
  const counter = lies.counter ?? 1
  const kept = { id, userHandle: options.user.id, keys, counter }
  const data = Buffer.concat([
    await authenticatorData(place, { ...lies, counter }, 0x40),
    // A model that tells nothing of itself; the id with its length; the public key.
    Buffer.alloc(16),
    Buffer.from([0, Buffer.from(id, 'base64url').length]),
    Buffer.from(id, 'base64url'),
    await coseKey(keys.publicKey),
  ])
  const attestation = cbor(
    new Map<string, Cbor>([
      ['fmt', 'none'],
      ['attStmt', new Map()],
      ['authData', data],
    ]),
  )
  return {
    kept,
    response: {
      ...{ id, rawId: id, type: 'public-key', clientExtensionResults: {} },
      response: {
        clientDataJSON: clientData('webauthn.create', lies.origin ?? place, options.challenge).toString('base64url'),
        attestationObject: attestation.toString('base64url'),
        transports: ['internal'],
      },
    },
  }
}

/** Signs in with a passkey; its counter goes up. */
export async function signWith(
  place: string,
  kept: KeptPasskey,
  challenge: string,
  lies: Lies = {},
): Promise<AuthenticationResponseJSON> {
  kept.counter = lies.counter ?? kept.counter + 1
  const data = await authenticatorData(place, { ...lies, counter: kept.counter }, 0)
  const client = clientData('webauthn.get', lies.origin ?? place, challenge)
  const signed = Buffer.concat([data, await digest(client)])
  const signature = await crypto.subtle.sign(es256, lies.signedBy ?? kept.keys.privateKey, signed)
  return {
    ...{ id: kept.id, rawId: kept.id, type: 'public-key', clientExtensionResults: {} },
    response: {
      clientDataJSON: client.toString('base64url'),
      authenticatorData: data.toString('base64url'),
      signature: derOf(Buffer.from(signature)).toString('base64url'),
      userHandle: kept.userHandle,
    },
  }
}

function clientData(type: string, origin: string, challenge: string): Buffer {
  return Buffer.from(JSON.stringify({ type, challenge, origin, crossOrigin: false }))
}

async function authenticatorData(place: string, { rpId, counter = 0, isUserVerified = true }: Lies, flags: number) {
  const count = Buffer.alloc(4)
  count.writeUInt32BE(counter)
  const present = 0x01 | (isUserVerified ? 0x04 : 0)
  return Buffer.concat([
    await digest(Buffer.from(rpId ?? new URL(place).hostname)),
    Buffer.from([flags | present]),
    count,
  ])
}

async function digest(bytes: Buffer): Promise<Buffer> {
  return Buffer.from(await crypto.subtle.digest('SHA-256', Uint8Array.from(bytes)))
}

/** The public key as COSE writes it: elliptic curve, ES256, P-256, both coordinates. */
async function coseKey(key: CryptoKey): Promise<Buffer> {
  const { x = '', y = '' } = await crypto.subtle.exportKey('jwk', key)
  return cbor(
    new Map<number, Cbor>([
      [1, 2],
      [3, -7],
      [-1, 1],
      [-2, Buffer.from(x, 'base64url')],
      [-3, Buffer.from(y, 'base64url')],
    ]),
  )
}

type Cbor = string | number | Buffer | Map<string | number, Cbor>

/** As much of CBOR (RFC 8949) as an authenticator writes. */
function cbor(value: Cbor): Buffer {
  if (typeof value === 'number') return value < 0 ? head(1, -1 - value) : head(0, value)
  if (typeof value === 'string') return Buffer.concat([head(3, Buffer.byteLength(value)), Buffer.from(value)])
  if (Buffer.isBuffer(value)) return Buffer.concat([head(2, value.length), value])
  return Buffer.concat([head(5, value.size), ...[...value].flatMap(([key, entry]) => [cbor(key), cbor(entry)])])
}

function head(kind: number, size: number): Buffer {
  if (size < 24) return Buffer.from([(kind << 5) | size])
  if (size < 256) return Buffer.from([(kind << 5) | 24, size])
  return Buffer.from([(kind << 5) | 25, size >> 8, size & 255])
}

/** A signature as authenticators write it (ASN.1), of the two plain numbers that WebCrypto gives. */
function derOf(plain: Buffer): Buffer {
  const numbers = [plain.subarray(0, 32), plain.subarray(32)].map((bytes) => {
    const start = bytes.findIndex((byte) => byte !== 0)
    const short = bytes.subarray(start)
    const positive = (short[0] ?? 0) >= 0x80 ? Buffer.concat([Buffer.from([0]), short]) : short
    return Buffer.concat([Buffer.from([0x02, positive.length]), positive])
  })
  const body = Buffer.concat(numbers)
  return Buffer.concat([Buffer.from([0x30, body.length]), body])
}
