// Made by `npm run api-types` from the schemas of the server; do not edit.

export interface Api {
  /**
   * The regions that are served here
   */
  'GET /nodes': {
    answer: {
      demo: boolean
      now: string
      items: {
        region: string
        name: {
          zh: string
          en: string
        }
      }[]
    }
  }
  /**
   * Whether every node has its database, and what its exchange has waiting
   */
  'GET /healthz': {
    answer: {
      ok: boolean
      nodes: {
        region: string
        database: 'ok' | 'unreachable'
        messagesWaiting: number | null
        messagesFailed: number | null
      }[]
    }
  }
  /**
   * Move the demo world's clock forward and do what has become due
   */
  'POST /demo/clock': {
    body: {
      to: string
    }
    answer: {
      now: string
    }
  }
  /**
   * Sign in by password
   */
  'POST /session': {
    body: {
      login: string
      password: string
    }
    answer: {
      /**
       * to be sent as x-tongban-csrf with every change
       */
      csrfToken: string
    }
  }
  /**
   * Sign out
   */
  'DELETE /session': {
    answer: {
      done: true
    }
  }
  /**
   * Sign in to the demo world without a password
   */
  'POST /session/demo': {
    body: {
      login: string
    }
    answer: {
      /**
       * to be sent as x-tongban-csrf with every change
       */
      csrfToken: string
    }
  }
  /**
   * Act through another assignment, or for another person
   */
  'POST /session/acting': {
    body:
      | {
          assignmentId: string
        }
      | {
          person: true
          onBehalfOf?: string
        }
    answer: {
      done: true
    }
  }
  /**
   * How one may sign in besides by password
   */
  'GET /session/ways': {
    answer: {
      /**
       * the address where passkeys are good
       */
      passkeysAt: string | null
    }
  }
  /**
   * Begin signing in by passkey
   */
  'POST /session/passkey/options': {
    /**
     * as WebAuthn Level 3 names it in JSON
     */
    answer: {
      challenge: string
      [k: string]: unknown
    }
  }
  /**
   * Sign in by passkey
   */
  'POST /session/passkey': {
    body: {
      id: string
      rawId: string
      type: 'public-key'
      authenticatorAttachment?: 'platform' | 'cross-platform'
      clientExtensionResults?: {}
      response: {
        clientDataJSON: string
        authenticatorData: string
        signature: string
        userHandle?: string
      }
    }
    answer: {
      /**
       * to be sent as x-tongban-csrf with every change
       */
      csrfToken: string
    }
  }
  /**
   * My ways to sign in, and what happened to them
   */
  'GET /me/security': {
    answer: {
      /**
       * the address that passkeys are bound to; null where there are none
       */
      origin: string | null
      hasPassword: boolean
      passkeys: {
        passkeyId: string
        name: string
        /**
         * comes to its owner’s new devices by itself
         */
        synced: boolean
        addedAt: string
        lastUsedAt: string | null
      }[]
      events: {
        seq: number
        what:
          | 'password_used'
          | 'password_refused'
          | 'passkey_used'
          | 'passkey_refused'
          | 'passkey_added'
          | 'passkey_removed'
        passkey: string | null
        at: string
      }[]
    }
  }
  /**
   * Begin adding a passkey
   */
  'POST /me/passkeys/options': {
    /**
     * as WebAuthn Level 3 names it in JSON
     */
    answer: {
      challenge: string
      [k: string]: unknown
    }
  }
  /**
   * Add a passkey
   */
  'POST /me/passkeys': {
    body: {
      name: string
      response: {
        id: string
        rawId: string
        type: 'public-key'
        authenticatorAttachment?: 'platform' | 'cross-platform'
        clientExtensionResults?: {}
        response: {
          clientDataJSON: string
          attestationObject: string
          /**
           * @maxItems 10
           */
          transports?:
            | []
            | [string]
            | [string, string]
            | [string, string, string]
            | [string, string, string, string]
            | [string, string, string, string, string]
            | [string, string, string, string, string, string]
            | [string, string, string, string, string, string, string]
            | [string, string, string, string, string, string, string, string]
            | [string, string, string, string, string, string, string, string, string]
            | [string, string, string, string, string, string, string, string, string, string]
        }
      }
    }
    answer: {
      passkeyId: string
    }
  }
  /**
   * Remove a passkey
   */
  'DELETE /me/passkeys/{passkeyId}': {
    params: {
      passkeyId: string
    }
    answer: {
      done: true
    }
  }
  /**
   * Which kinds of data changed (text/event-stream; this is the data of each event)
   */
  'GET /changes': {
    answer: ('cases' | 'tasks' | 'notices' | 'books' | 'exchange')[]
  }
  /**
   * The attachments of a case
   */
  'GET /cases/{caseId}/attachments': {
    params: {
      caseId: string
    }
    answer: {
      items: Attachment[]
    }
  }
  /**
   * Attach a file (multipart, one file): PDF, PNG, JPEG or WebP, at most 10 MB
   */
  'POST /cases/{caseId}/attachments': {
    params: {
      caseId: string
    }
    query: {
      kind: string
    }
    answer: Attachment
  }
  /**
   * The bytes of an attachment
   */
  'GET /attachments/{attachmentId}': {
    params: {
      attachmentId: string
    }
    /**
     * the file
     */
    answer: string
  }
  /**
   * Read a CSV or Excel file (multipart, one file) into rows; keeps nothing
   */
  'POST /files/table': {
    answer: {
      columns: string[]
      rows: string[][]
    }
  }
  /**
   * Import a bulletin or magazine (multipart, one file of UTF-8 text)
   */
  'POST /documents': {
    query: {
      series?: string
      issue?: string
      publishedOn?: string
    }
    answer: {
      documentId: string
      series: string
      issue: string
      version: number
      publishedOn: string
      /**
       * false where this very file was there already
       */
      isNew: boolean
      articleCount: number
      paragraphCount: number
      differences: {
        kind:
          | 'contents_missing'
          | 'spelled_otherwise'
          | 'not_in_text'
          | 'not_in_contents'
          | 'other_section'
          | 'source_missing'
          | 'title_missing'
        line: number
        text: string
      }[]
    }
  }
  /**
   * The imported bulletins and magazines, every version
   */
  'GET /documents': {
    answer: {
      items: {
        id: string
        series: string
        issue: string
        version: number
        isCurrent: boolean
        name: string
        organiser: string
        publishedOn: string
        differences: {
          kind:
            | 'contents_missing'
            | 'spelled_otherwise'
            | 'not_in_text'
            | 'not_in_contents'
            | 'other_section'
            | 'source_missing'
            | 'title_missing'
          line: number
          text: string
        }[]
        recordedAt: string
        articleCount: number
      }[]
    }
  }
  /**
   * Import rows of a list (multipart, one CSV, Excel or YAML file), all or nothing
   */
  'POST /lists/{list}/file': {
    params: {
      list: string
    }
    answer: {
      added: number
      changed: number
      unchanged: number
    }
  }
  /**
   * The rows of a list as a CSV file, as an import takes it
   */
  'GET /lists/{list}/file': {
    params: {
      list: string
    }
    answer: {
      name: string
      csv: string
    }
  }
  /**
   * The file for the bank, with whole account numbers; each that is read is logged
   */
  'GET /benefits/payments/{caseId}/file': {
    params: {
      caseId: string
    }
    query: {
      format: 'csv' | 'xlsx'
    }
    /**
     * the file
     */
    answer: string
  }
  /**
   * A certificate as PDF
   */
  'GET /certificates/{certificateId}/file': {
    params: {
      certificateId: string
    }
    query: {
      language?: 'zh' | 'en'
    }
    /**
     * the file
     */
    answer: string
  }
  /**
   * Verify a certificate by its code and the last four characters of the number
   */
  'POST /certificates/verification': {
    body: {
      code: string
      lastFour: string
    }
    answer:
      | {
          state: 'unknown'
        }
      | {
          state: 'genuine' | 'expired' | 'withdrawn'
          code: string
          issuedAt: string
          validUntil: string | null
          withdrawn: {
            on: string
            reason: string
          } | null
          paper: {
            title: {
              zh: string
              en: string
            }
            issuer: {
              zh: string
              en: string
            }
            holder: {
              name: string
              number: string
            }
            facts: {
              label: {
                zh: string
                en: string
              }
              value:
                | string
                | {
                    zh: string
                    en: string
                  }
                | {
                    amountFen: number
                  }
                | {
                    on: string
                  }
            }[]
            sentences: {
              zh: string
              en: string
            }[]
            tables: {
              title: {
                zh: string
                en: string
              }
              /**
               * @minItems 1
               * @maxItems 8
               */
              columns:
                | [
                    {
                      zh: string
                      en: string
                    }
                  ]
                | [
                    {
                      zh: string
                      en: string
                    },
                    {
                      zh: string
                      en: string
                    }
                  ]
                | [
                    {
                      zh: string
                      en: string
                    },
                    {
                      zh: string
                      en: string
                    },
                    {
                      zh: string
                      en: string
                    }
                  ]
                | [
                    {
                      zh: string
                      en: string
                    },
                    {
                      zh: string
                      en: string
                    },
                    {
                      zh: string
                      en: string
                    },
                    {
                      zh: string
                      en: string
                    }
                  ]
                | [
                    {
                      zh: string
                      en: string
                    },
                    {
                      zh: string
                      en: string
                    },
                    {
                      zh: string
                      en: string
                    },
                    {
                      zh: string
                      en: string
                    },
                    {
                      zh: string
                      en: string
                    }
                  ]
                | [
                    {
                      zh: string
                      en: string
                    },
                    {
                      zh: string
                      en: string
                    },
                    {
                      zh: string
                      en: string
                    },
                    {
                      zh: string
                      en: string
                    },
                    {
                      zh: string
                      en: string
                    },
                    {
                      zh: string
                      en: string
                    }
                  ]
                | [
                    {
                      zh: string
                      en: string
                    },
                    {
                      zh: string
                      en: string
                    },
                    {
                      zh: string
                      en: string
                    },
                    {
                      zh: string
                      en: string
                    },
                    {
                      zh: string
                      en: string
                    },
                    {
                      zh: string
                      en: string
                    },
                    {
                      zh: string
                      en: string
                    }
                  ]
                | [
                    {
                      zh: string
                      en: string
                    },
                    {
                      zh: string
                      en: string
                    },
                    {
                      zh: string
                      en: string
                    },
                    {
                      zh: string
                      en: string
                    },
                    {
                      zh: string
                      en: string
                    },
                    {
                      zh: string
                      en: string
                    },
                    {
                      zh: string
                      en: string
                    },
                    {
                      zh: string
                      en: string
                    }
                  ]
              /**
               * @maxItems 1000
               */
              rows: (
                | string
                | {
                    zh: string
                    en: string
                  }
                | {
                    amountFen: number
                  }
                | {
                    on: string
                  }
              )[][]
            }[]
            notes: {
              zh: string
              en: string
            }[]
          }
        }
  }
  /**
   * What the check finds in a policy: gaps, overlaps, dead branches, broken promises
   */
  'GET /policies/{policyId}/findings': {
    params: {
      policyId: string
    }
    answer: PolicyFindings
  }
  /**
   * The report of a run, as an Excel workbook
   */
  'GET /policy-runs/{runId}/report': {
    params: {
      runId: string
    }
    /**
     * the file
     */
    answer: string
  }
  /**
   * Start an exact run on the server; one at a time
   */
  'POST /policies/{policyId}/runs': {
    params: {
      policyId: string
    }
    body: {
      on: string
      people: number
      /**
       * @maxItems 50
       */
      changes: {
        name: string
        key?: string
        value: number | string | boolean
      }[]
    }
    answer: CurrentPolicyRun
  }
  /**
   * The run that is going on the node, and the latest runs of a policy
   */
  'GET /policies/{policyId}/runs': {
    params: {
      policyId: string
    }
    answer: {
      current: CurrentPolicyRun | null
      items: PolicyRun[]
    }
  }
  /**
   * Stop the run that is going; nothing of it is kept
   */
  'POST /policy-runs/{runId}/cancellation': {
    params: {
      runId: string
    }
    answer: {
      runId: string
    }
  }
  /**
   * Call back a request whose answer never came
   */
  'POST /requests/cancel': {
    body: {
      /**
       * the Idempotency-Key of that request
       */
      key: string
    }
    answer: {
      /**
       * answered: it was done, and here is its answer; cancelled: it never will be
       */
      state: 'answered' | 'cancelled'
      answer?: unknown
    }
  }
  /**
   * My account, assignments and whom I may act for
   */
  'GET /me': {
    answer: {
      region: string
      today: string
      now: string
      user: {
        userId: string
        login: string
        displayName: string
        personId: string | null
      }
      /**
       * the person acted as: the user, or whom they represent
       */
      person: Person | null
      acting: {
        kind: 'staff' | 'institution' | 'employer' | 'person'
        role: string
        assignmentId: string | null
        onBehalfOf: string | null
      }
      assignments: Assignment[]
      represents: {
        personId: string
        name: string
        relation: string
        scope: ('matters' | 'records' | 'card')[]
        to: string | null
      }[]
    }
  }
  /**
   * My cards and e-cards
   */
  'GET /me/cards': {
    answer: {
      items: Card[]
    }
  }
  /**
   * Apply for the e-card
   */
  'POST /me/e-card': {
    body: {
      app: string
    }
    answer: {
      eCardId: string
    }
  }
  /**
   * Let an app show the e-card
   */
  'POST /me/e-cards/{eCardId}/apps': {
    params: {
      eCardId: string
    }
    body: {
      app: string
    }
    answer: {
      done: true
    }
  }
  /**
   * Show the QR code: it lives a minute and works once
   */
  'POST /me/e-cards/{eCardId}/qr': {
    params: {
      eCardId: string
    }
    answer: {
      token: string
      expiresAt: string
    }
  }
  /**
   * Report the card lost
   */
  'POST /me/cards/{cardId}/lost': {
    params: {
      cardId: string
    }
    answer: {
      done: true
    }
  }
  /**
   * The lost card turned up
   */
  'POST /me/cards/{cardId}/found': {
    params: {
      cardId: string
    }
    answer: {
      done: true
    }
  }
  /**
   * My enrolments
   */
  'GET /me/enrolments': {
    query: {
      on?: string
    }
    answer: {
      items: Enrolment[]
    }
  }
  /**
   * Who looked at my data, and why
   */
  'GET /me/access-log': {
    query: {
      limit?: number
    }
    answer: {
      items: AccessEntry[]
    }
  }
  /**
   * Who may act for me
   */
  'GET /me/authorities': {
    answer: {
      items: Authority[]
    }
  }
  /**
   * Let somebody act for me
   */
  'POST /me/authorities': {
    body: {
      proxyCode: string
      relation: 'relative' | 'guardian' | 'entrusted'
      /**
       * `matters` always, and what goes beyond them
       *
       * @minItems 1
       */
      scope: ['matters' | 'records' | 'card', ...('matters' | 'records' | 'card')[]]
      /**
       * the last day; without an end where left out
       */
      to?: string
    }
    answer: {
      authorityId: string
    }
  }
  /**
   * A code by which another may let me act for them
   */
  'POST /me/proxy-code': {
    answer: {
      code: string
      expiresAt: string
    }
  }
  /**
   * Whose code this is
   */
  'POST /me/authorities/agent': {
    body: {
      proxyCode: string
    }
    answer: {
      agentNameMasked: string
    }
  }
  /**
   * Withdraw an authority, at once
   */
  'POST /me/authorities/{authorityId}/end': {
    params: {
      authorityId: string
    }
    answer: {
      done: true
    }
  }
  /**
   * My cases
   */
  'GET /me/cases': {
    query: {
      open?: 'true' | 'false'
      after?: string
    }
    answer: {
      items: CaseRow[]
    }
  }
  /**
   * My notices, or those of my employer
   */
  'GET /me/notices': {
    query: {
      unreadOnly?: 'true' | 'false'
      after?: string
    }
    answer: {
      items: {
        code: string
        params: {
          [k: string]: string | number | boolean | null
        }
        id: string
        caseId: string
        createdAt: string
        readAt: string | null
      }[]
    }
  }
  /**
   * Mark a notice as read
   */
  'POST /me/notices/{noticeId}/read': {
    params: {
      noticeId: string
    }
    answer: {
      done: true
    }
  }
  /**
   * My employer: its record, its profile and where it is paid
   */
  'GET /me/employer': {
    answer: {
      employer: Employer
      profile: {
        entityKind:
          | 'enterprise'
          | 'social_organisation'
          | 'foundation'
          | 'social_service'
          | 'law_firm'
          | 'accounting_firm'
          | 'individual_business'
        sizeClass: 'large' | 'medium' | 'small' | 'micro'
        from: string
        source: string
      } | null
      account: {
        bankName: string
        accountName: string
        accountNumberMasked: string
        from: string
      } | null
    }
  }
  /**
   * Record where my employer is paid from a day on
   */
  'POST /me/employer/account': {
    body: {
      bankName: string
      accountName: string
      accountNumber: string
      from: string
    }
    answer: {
      done: true
    }
  }
  /**
   * What I may get or do now, because of what the registers say
   */
  'GET /me/offers': {
    answer: {
      wanted: boolean
      items: {
        offerId: string
        service: string
        title: {
          zh: string
          en: string
        }
        text: {
          zh: string
          en: string
        }
        /**
         * what is paid for it, where that is certain
         */
        amountFen: number | null
        path: string
        on: string
      }[]
    }
  }
  /**
   * Put an offer away
   */
  'POST /me/offers/{offerId}/dismissal': {
    params: {
      offerId: string
    }
    answer: {
      done: true
    }
  }
  /**
   * Switch offers on or off
   */
  'POST /me/offers/choice': {
    body: {
      wanted: boolean
    }
    answer: {
      done: true
    }
  }
  /**
   * Money that came to me, from every service, the newest first
   */
  'GET /me/received': {
    query: {
      limit?: number
    }
    answer: {
      items: {
        id: string
        service: string
        caseId: string
        caseNumber: string
        title: {
          zh: string
          en: string
        }
        amountFen: number
        /**
         * kept back of it for what was owed
         */
        offsetFen: number
        /**
         * null where it is not known here
         */
        accountMasked: string | null
        paidOn: string
        recordedAt: string
      }[]
    }
  }
  /**
   * Find persons by name, identity number or card number
   */
  'GET /people': {
    query: {
      purpose: string
      text?: string
      card?: string
      limit?: number
    }
    answer: {
      items: Person[]
    }
  }
  /**
   * Register a person, or find the one record of their number
   */
  'POST /people': {
    body: {
      idNumber: string
      name: string
      homeRegion: string
      agency: string
      phone?: string
    }
    answer: {
      personId: string
      existing: boolean
    }
  }
  /**
   * A person
   */
  'GET /people/{personId}': {
    params: {
      personId: string
    }
    query: {
      purpose: string
    }
    answer: Person
  }
  /**
   * Read the whole identity number; logged as its own action
   */
  'POST /people/{personId}/id-number': {
    params: {
      personId: string
    }
    body: {
      /**
       * why: kept in the access log that the person can read
       */
      purpose: string
    }
    answer: {
      idNumber: string
    }
  }
  /**
   * Who looked at a person's data
   */
  'GET /people/{personId}/access-log': {
    params: {
      personId: string
    }
    query: {
      limit?: number
    }
    answer: {
      items: NamedAccessEntry[]
    }
  }
  /**
   * Record a death
   */
  'POST /people/{personId}/death': {
    params: {
      personId: string
    }
    body: {
      diedOn: string
    }
    answer: {
      done: true
    }
  }
  /**
   * Record from when a person is retired
   */
  'POST /people/{personId}/retirement': {
    params: {
      personId: string
    }
    body: {
      retiredOn: string
    }
    answer: {
      done: true
    }
  }
  /**
   * A person's cards
   */
  'GET /people/{personId}/cards': {
    params: {
      personId: string
    }
    query: {
      purpose: string
    }
    answer: {
      items: Card[]
    }
  }
  /**
   * Issue a card
   */
  'POST /cards': {
    body: {
      personId: string
      number: string
      outlet: string
      issuedOn?: string
      bank?: {
        name: string
        accountNumber: string
      }
    }
    answer: {
      cardId: string
    }
  }
  /**
   * Replace a card
   */
  'POST /cards/replace': {
    body: {
      cardId: string
      number: string
      outlet: string
      issuedOn?: string
      bank?: {
        name: string
        accountNumber: string
      }
    }
    answer: {
      cardId: string
    }
  }
  /**
   * Whose card a number is, and whether it is good
   */
  'POST /cards/check': {
    body: {
      number: string
      /**
       * why: kept in the access log that the person can read
       */
      purpose: string
    }
    answer: {
      personId: string
      cardId: string
      state: string
    }
  }
  /**
   * Report a card lost
   */
  'POST /cards/{cardId}/lost': {
    params: {
      cardId: string
    }
    answer: {
      done: true
    }
  }
  /**
   * A lost card turned up
   */
  'POST /cards/{cardId}/found': {
    params: {
      cardId: string
    }
    answer: {
      done: true
    }
  }
  /**
   * Cancel a card
   */
  'POST /cards/{cardId}/cancel': {
    params: {
      cardId: string
    }
    answer: {
      done: true
    }
  }
  /**
   * A person's enrolments on a day
   */
  'GET /people/{personId}/enrolments': {
    params: {
      personId: string
    }
    query: {
      purpose: string
      on?: string
    }
    answer: {
      items: Enrolment[]
    }
  }
  /**
   * Insure a person
   */
  'POST /enrolments': {
    body: {
      personId: string
      employerId?: string
      insurance: 'pension' | 'resident_pension' | 'medical' | 'unemployment' | 'work_injury'
      poolingArea: string
      agency: string
      relation?: 'active' | 'retired' | 'terminated'
      contributingContinuously?: boolean
      from: string
      to?: string
    }
    answer: {
      enrolmentId: string
    }
  }
  /**
   * Change an enrolment from a day on
   */
  'POST /enrolments/{enrolmentId}/change': {
    params: {
      enrolmentId: string
    }
    body: {
      on: string
      relation?: 'active' | 'retired' | 'terminated'
      contributingContinuously?: boolean
    }
    answer: {
      enrolmentId: string
    }
  }
  /**
   * End an enrolment
   */
  'POST /enrolments/{enrolmentId}/end': {
    params: {
      enrolmentId: string
    }
    body: {
      to: string
    }
    answer: {
      done: true
    }
  }
  /**
   * Who may act for a person
   */
  'GET /people/{personId}/authorities': {
    params: {
      personId: string
    }
    query: {
      purpose: string
    }
    answer: {
      items: Authority[]
    }
  }
  /**
   * Record at the counter who may act for a person, by the identity card of the one who will
   */
  'POST /people/{personId}/authorities': {
    params: {
      personId: string
    }
    body: {
      relation: 'relative' | 'guardian' | 'entrusted'
      /**
       * `matters` always, and what goes beyond them
       *
       * @minItems 1
       */
      scope: ['matters' | 'records' | 'card', ...('matters' | 'records' | 'card')[]]
      /**
       * the last day; without an end where left out
       */
      to?: string
      agentName: string
      agentIdNumber: string
      evidence: string
    }
    answer: {
      authorityId: string
    }
  }
  /**
   * Record that somebody may act for a person
   */
  'POST /authorities': {
    body:
      | {
          relation: 'relative' | 'guardian' | 'entrusted'
          agentPersonId: string
          subjectPersonId: string
          evidence: string
          scope?: ('matters' | 'records' | 'card')[]
          from: string
          to?: string
        }
      | {
          relation: 'employer_officer'
          agentEmployerId: string
          subjectPersonId: string
          evidence: string
          scope?: ('matters' | 'records' | 'card')[]
          from: string
          to?: string
        }
    answer: {
      authorityId: string
    }
  }
  /**
   * End an authority, at once
   */
  'POST /authorities/{authorityId}/end': {
    params: {
      authorityId: string
    }
    answer: {
      done: true
    }
  }
  /**
   * An employer's contributions month by month
   */
  'GET /employers/{employerId}/contribution-records': {
    params: {
      employerId: string
    }
    query: {
      insurance: 'pension' | 'resident_pension' | 'medical' | 'unemployment' | 'work_injury'
      from: string
      to: string
    }
    answer: {
      items: {
        employerId: string
        insurance: 'pension' | 'resident_pension' | 'medical' | 'unemployment' | 'work_injury'
        month: string
        headcount: number
        dueFen: number
        paidFen: number
        paidOn: string | null
      }[]
    }
  }
  /**
   * What months of an employer said before they were corrected
   */
  'GET /employers/{employerId}/contribution-records/corrected': {
    params: {
      employerId: string
    }
    answer: {
      items: {
        insurance: 'pension' | 'resident_pension' | 'medical' | 'unemployment' | 'work_injury'
        month: string
        before: {
          headcount: number
          dueFen: number
          paidFen: number
          paidOn: string | null
        }
        correctedAt: string
      }[]
    }
  }
  /**
   * What the registers know of an employer on a day, about a year
   */
  'GET /employers/{employerId}/facts': {
    params: {
      employerId: string
    }
    query: {
      insurance: 'pension' | 'resident_pension' | 'medical' | 'unemployment' | 'work_injury'
      on?: string
      year: number
    }
    answer: {
      entityKind:
        | (
            | 'enterprise'
            | 'social_organisation'
            | 'foundation'
            | 'social_service'
            | 'law_firm'
            | 'accounting_firm'
            | 'individual_business'
          )
        | null
      sizeClass: ('large' | 'medium' | 'small' | 'micro') | null
      monthsPaidInFull: number
      monthsPaidInFullRunning: number
      paidInYearFen: number
      headcountYearEnd: number | null
      headcountYearBefore: number | null
      headcountLatest: number | null
      layoffs: number
      layoffRatePpm: number
    }
  }
  /**
   * Record what kind of body an employer is, and its size, from a day on
   */
  'POST /employers/{employerId}/profile': {
    params: {
      employerId: string
    }
    body: {
      entityKind:
        | 'enterprise'
        | 'social_organisation'
        | 'foundation'
        | 'social_service'
        | 'law_firm'
        | 'accounting_firm'
        | 'individual_business'
      sizeClass: 'large' | 'medium' | 'small' | 'micro'
      from: string
      source: string
    }
    answer: {
      done: true
    }
  }
  /**
   * A person's contributions month by month
   */
  'GET /people/{personId}/contribution-records': {
    params: {
      personId: string
    }
    query: {
      insurance: 'pension' | 'resident_pension' | 'medical' | 'unemployment' | 'work_injury'
      purpose: string
      from?: string
      to?: string
    }
    answer: {
      items: {
        personId: string
        insurance: 'pension' | 'resident_pension' | 'medical' | 'unemployment' | 'work_injury'
        month: string
        employerId: string | null
        baseFen: number
        paidOn: string | null
      }[]
    }
  }
  /**
   * Benefits that a person receives or received
   */
  'GET /people/{personId}/benefits': {
    params: {
      personId: string
    }
    query: {
      purpose: string
      month?: string
    }
    answer: {
      items: {
        spellId: string
        kind: string
        agency: string
        from: string
        to: string | null
        caseId: string
      }[]
    }
  }
  /**
   * Why an employment may end
   */
  'GET /end-reasons': {
    answer: {
      items: {
        code: string
        countsAsLayoff: boolean
        involuntary: boolean
        title: {
          zh: string
          en: string
        }
        source: string
        assumed: boolean
      }[]
    }
  }
  /**
   * Whom a person works and worked for
   */
  'GET /people/{personId}/employments': {
    params: {
      personId: string
    }
    query: {
      purpose: string
      on?: string
    }
    answer: {
      items: {
        employmentId: string
        employerId: string
        from: string
        to: string | null
        endReason: string | null
        involuntary: boolean | null
        occupation: string | null
      }[]
    }
  }
  /**
   * Record that somebody works for an employer
   */
  'POST /employments': {
    body: {
      personId: string
      employerId: string
      from: string
      occupation?: string
    }
    answer: {
      employmentId: string
    }
  }
  /**
   * Record another occupation in an employment
   */
  'POST /employments/{employmentId}/post': {
    params: {
      employmentId: string
    }
    body: {
      occupation: string
      from: string
    }
    answer: {
      done: true
    }
  }
  /**
   * Record the last day of an employment and why it ended
   */
  'POST /employments/{employmentId}/end': {
    params: {
      employmentId: string
    }
    body: {
      to: string
      reason: string
    }
    answer: {
      done: true
    }
  }
  /**
   * A person's skill certificates
   */
  'GET /people/{personId}/certificates': {
    params: {
      personId: string
    }
    query: {
      purpose: string
    }
    answer: {
      items: {
        certificateId: string
        number: string
        kind: 'vocational_qualification' | 'skill_level'
        occupation: string
        level: number
        issuedOn: string
        issuer: string
        revokedOn: string | null
      }[]
    }
  }
  /**
   * Record a skill certificate
   */
  'POST /certificates': {
    body: {
      personId: string
      number: string
      kind: 'vocational_qualification' | 'skill_level'
      occupation: string
      level: number
      issuedOn: string
      issuer: string
    }
    answer: {
      certificateId: string
    }
  }
  /**
   * Certificates issued: mine, my employer’s, or those of my agency; newest first
   */
  'GET /certificates': {
    query: {
      personId?: string
      employerId?: string
      limit?: number
    }
    answer: {
      items: IssuedCertificate[]
    }
  }
  /**
   * Record that a certificate does not hold any more
   */
  'POST /certificates/{certificateId}/revoke': {
    params: {
      certificateId: string
    }
    body: {
      on: string
      reason: string
    }
    answer: {
      done: true
    }
  }
  /**
   * Import months of employers, all or nothing
   */
  'POST /contribution-records/employers': {
    body: {
      /**
       * @minItems 1
       * @maxItems 20000
       */
      rows: [
        {
          employerId: string
          insurance: 'pension' | 'resident_pension' | 'medical' | 'unemployment' | 'work_injury'
          month: string
          headcount: number
          dueFen: number
          paidFen: number
          paidOn: string | null
        },
        ...{
          employerId: string
          insurance: 'pension' | 'resident_pension' | 'medical' | 'unemployment' | 'work_injury'
          month: string
          headcount: number
          dueFen: number
          paidFen: number
          paidOn: string | null
        }[]
      ]
    }
    answer: {
      written: number
      unchanged: number
    }
  }
  /**
   * Import months of persons, all or nothing
   */
  'POST /contribution-records/people': {
    body: {
      /**
       * @minItems 1
       * @maxItems 20000
       */
      rows: [
        {
          personId: string
          insurance: 'pension' | 'resident_pension' | 'medical' | 'unemployment' | 'work_injury'
          month: string
          employerId: string | null
          baseFen: number
          paidOn: string | null
        },
        ...{
          personId: string
          insurance: 'pension' | 'resident_pension' | 'medical' | 'unemployment' | 'work_injury'
          month: string
          employerId: string | null
          baseFen: number
          paidOn: string | null
        }[]
      ]
    }
    answer: {
      written: number
      unchanged: number
    }
  }
  /**
   * Find employers by name or credit code
   */
  'GET /employers': {
    query: {
      text: string
      limit?: number
    }
    answer: {
      items: Employer[]
    }
  }
  /**
   * Register an employer
   */
  'POST /employers': {
    body: {
      creditCode: string
      name: string
      region: string
      agency: string
      industry: 'hazardous_chemicals' | 'mining' | 'construction' | 'transport' | 'machinery' | 'other'
    }
    answer: {
      employerId: string
      existing: boolean
    }
  }
  /**
   * An employer
   */
  'GET /employers/{employerId}': {
    params: {
      employerId: string
    }
    answer: Employer
  }
  /**
   * Institutions of a region and kind
   */
  'GET /institutions': {
    query: {
      kind?: 'hospital' | 'rehabilitation' | 'device_maker' | 'agency' | 'bank' | 'township_station' | 'village_counter'
    }
    answer: {
      items: Institution[]
    }
  }
  /**
   * Register an institution
   */
  'POST /institutions': {
    body: {
      code: string
      name: string
      kind: 'hospital' | 'rehabilitation' | 'device_maker' | 'agency' | 'bank' | 'township_station' | 'village_counter'
      level: (1 | 2 | 3) | null
      bankClass?:
        | (
            | 'bank_of_china'
            | 'state_owned'
            | 'postal'
            | 'joint_stock_provincial_branch'
            | 'local_legal_person'
            | 'other'
          )
        | null
      region: string
    }
    answer: {
      institutionId: string
    }
  }
  /**
   * An institution
   */
  'GET /institutions/{institutionId}': {
    params: {
      institutionId: string
    }
    answer: Institution
  }
  /**
   * Record where an institution is paid from a day on
   */
  'POST /institutions/{institutionId}/bank-account': {
    params: {
      institutionId: string
    }
    body: {
      bankName: string
      accountName: string
      accountNumber: string
      from: string
    }
    answer: {
      done: true
    }
  }
  /**
   * Roles, and which exclude each other
   */
  'GET /roles': {
    answer: {
      roles: {
        code: string
        kind: string
        duty: string | null
        title: {
          zh: string
          en: string
        }
      }[]
      exclusivePairs: {
        first: string
        second: string
        source: string
        assumed: boolean
      }[]
    }
  }
  /**
   * Find an account by its login
   */
  'GET /users': {
    query: {
      login: string
    }
    answer: {
      items: {
        userId: string
        login: string
        displayName: string
      }[]
    }
  }
  /**
   * Make an account
   */
  'POST /users': {
    body: {
      login: string
      displayName: string
    }
    answer: {
      userId: string
    }
  }
  /**
   * The assignments of a user on a day
   */
  'GET /users/{userId}/assignments': {
    params: {
      userId: string
    }
    query: {
      on?: string
    }
    answer: {
      items: Assignment[]
    }
  }
  /**
   * Give a user a role
   */
  'POST /assignments': {
    body: {
      userId: string
      role: string
      agency?: string
      institutionId?: string
      employerId?: string
      from: string
      to?: string
    }
    answer: {
      assignmentId: string
    }
  }
  /**
   * End an assignment
   */
  'POST /assignments/{assignmentId}/end': {
    params: {
      assignmentId: string
    }
    body: {
      to: string
    }
    answer: {
      done: true
    }
  }
  /**
   * Find cases
   */
  'GET /cases': {
    query: {
      flow?: string
      status?: string
      personId?: string
      institutionId?: string
      employerId?: string
      agency?: string
      text?: string
      riskLevel?: 'high' | 'medium' | 'low'
      dueBefore?: string
      open?: 'true' | 'false'
      openedFrom?: string
      openedTo?: string
      closedFrom?: string
      closedTo?: string
      limit?: number
      after?: string
    }
    answer: {
      items: CaseRow[]
    }
  }
  /**
   * Open a case
   */
  'POST /cases': {
    body: {
      flow: string
      step?: string
      body: unknown
      /**
       * who it is about; the caller themselves where left out
       */
      subject?: {
        personId?: string
        institutionId?: string
        employerId?: string
      }
      /**
       * the responsible agency; the caller's own where left out
       */
      agency?: string
      effectiveOn?: string
    }
    answer: StepTaken
  }
  /**
   * Cases opened and closed, by flow and month
   */
  'GET /cases/months': {
    query: {
      from: string
    }
    answer: {
      items: {
        service: string
        flow: string
        month: string
        opened: number
        closed: number
        /**
         * of those opened in the month, how many are not closed yet
         */
        open: number
        /**
         * of those, how many have a deadline that has passed
         */
        overdue: number
      }[]
    }
  }
  /**
   * The flows and their statuses
   */
  'GET /flows': {
    answer: {
      items: {
        flow: string
        service: string
        version: number
        title: {
          zh: string
          en: string
        }
        statuses: {
          [k: string]: {
            title: {
              zh: string
              en: string
            }
          }
        }
        steps: {
          [k: string]: {
            title: {
              zh: string
              en: string
            }
          }
        }
        deadlines?: {
          [k: string]: {
            zh: string
            en: string
          }
        }
      }[]
    }
  }
  /**
   * Who looked at or changed the data of the person of a case, and why
   */
  'GET /cases/{caseId}/access-log': {
    params: {
      caseId: string
    }
    answer: {
      items: {
        at: string
        action: string
        purpose: string | null
        role: string
        agency: string | null
        institutionId: string | null
        employerId: string | null
        /**
         * who acted for the person; masked for officers
         */
        agentName: string | null
        displayName: string | null
        isForCase: boolean
      }[]
    }
  }
  /**
   * A case, with the steps that the caller may take
   */
  'GET /cases/{caseId}': {
    params: {
      caseId: string
    }
    answer: CaseView
  }
  /**
   * Every step taken on a case
   */
  'GET /cases/{caseId}/history': {
    params: {
      caseId: string
    }
    answer: {
      items: CaseEvent[]
    }
  }
  /**
   * The receipts of a case
   */
  'GET /cases/{caseId}/receipts': {
    params: {
      caseId: string
    }
    answer: {
      items: Receipt[]
    }
  }
  /**
   * The risk warning before a case is opened
   */
  'POST /cases/risk': {
    body: {
      flow: string
      step?: string
      body: unknown
      /**
       * who it is about; the caller themselves where left out
       */
      subject?: {
        personId?: string
        institutionId?: string
        employerId?: string
      }
      /**
       * the responsible agency; the caller's own where left out
       */
      agency?: string
    }
    answer: RiskAssessment
  }
  /**
   * Take a step
   */
  'POST /cases/{caseId}/steps': {
    params: {
      caseId: string
    }
    body: {
      step: string
      body: unknown
      /**
       * the seq of the case as the caller saw it
       */
      expectedSeq: number
      effectiveOn?: string
    }
    answer: StepTaken
  }
  /**
   * The risk warning before a step is taken
   */
  'POST /cases/{caseId}/risk': {
    params: {
      caseId: string
    }
    body: {
      step: string
      body: unknown
    }
    answer: RiskAssessment
  }
  /**
   * Tasks of a role
   */
  'GET /tasks': {
    query: {
      role?: string
      flow?: string
      personId?: string
      text?: string
      due?: 'overdue' | 'today'
      held?: 'by_me' | 'by_nobody'
      mine?: 'true' | 'false'
      risky?: 'true' | 'false'
      limit?: number
      offset?: number
    }
    answer: {
      role: string
      /**
       * how many there are, whatever the limit; told with the first of them
       */
      total?: number
      items: CaseRow[]
    }
  }
  /**
   * Take up the next task that the caller may do
   */
  'POST /tasks/next': {
    body: {
      role?: string
      flow?: string
      personId?: string
      text?: string
      due?: 'overdue' | 'today'
      held?: 'by_me' | 'by_nobody'
      risky?: boolean
    }
    answer: {
      item: CaseRow | null
    }
  }
  /**
   * Take tasks up; with a note also from a colleague
   */
  'POST /tasks/take-up': {
    body: {
      /**
       * @minItems 1
       * @maxItems 100
       */
      caseIds: [string, ...string[]]
      note?: string
    }
    answer: {
      handled: number
      refused: {
        caseId: string
        number: string | null
        code: string
        params: {
          [k: string]: string | number | boolean | null
        }
      }[]
    }
  }
  /**
   * Put tasks back on the desk
   */
  'POST /tasks/put-back': {
    body: {
      /**
       * @minItems 1
       * @maxItems 100
       */
      caseIds: [string, ...string[]]
    }
    answer: {
      handled: number
      refused: {
        caseId: string
        number: string | null
        code: string
        params: {
          [k: string]: string | number | boolean | null
        }
      }[]
    }
  }
  /**
   * Hand tasks over to a colleague of the same desk
   */
  'POST /tasks/hand-over': {
    body: {
      /**
       * @minItems 1
       * @maxItems 100
       */
      caseIds: [string, ...string[]]
      toUserId: string
      note: string
    }
    answer: {
      handled: number
      refused: {
        caseId: string
        number: string | null
        code: string
        params: {
          [k: string]: string | number | boolean | null
        }
      }[]
    }
  }
  /**
   * Who acts in the same role for the same body, the caller among them
   */
  'GET /tasks/colleagues': {
    answer: {
      items: {
        userId: string
        displayName: string
      }[]
    }
  }
  /**
   * Take a certificate back; whoever verifies it is told
   */
  'POST /certificates/{certificateId}/withdrawal': {
    params: {
      certificateId: string
    }
    body: {
      reason: string
    }
    answer: {
      done: true
    }
  }
  /**
   * What a catalogue holds for a region on a day
   */
  'GET /registers/catalogue': {
    query: {
      on?: string
      kind?: 'item' | 'drug' | 'rehab_item' | 'device' | 'service_standard'
      text?: string
      limit?: number
      afterKind?: 'item' | 'drug' | 'rehab_item' | 'device' | 'service_standard'
      afterCode?: string
    }
    answer: {
      items: CatalogueEntry[]
      next: {
        kind: 'item' | 'drug' | 'rehab_item' | 'device' | 'service_standard'
        code: string
      } | null
    }
  }
  /**
   * Import rows into a catalogue, all or nothing
   */
  'POST /registers/catalogue/import': {
    body: {
      region: string
      /**
       * @minItems 1
       * @maxItems 20000
       */
      rows: [unknown, ...unknown[]]
    }
    answer: {
      added: number
      ended: number
      unchanged: number
    }
  }
  /**
   * An institution's codes and the catalogue entries they stand for
   */
  'GET /registers/mappings': {
    query: {
      institutionId: string
      state?: 'proposed' | 'approved' | 'rejected'
    }
    answer: {
      items: CodeMapping[]
    }
  }
  /**
   * Propose mappings, all or none
   */
  'POST /registers/mappings': {
    body: {
      institutionId: string
      region: string
      /**
       * @minItems 1
       * @maxItems 5000
       */
      rows: [
        {
          hospitalCode: string
          hospitalName: string
          kind: 'item' | 'drug' | 'rehab_item' | 'device' | 'service_standard'
          catalogueCode: string | null
          from: string
          to?: string
        },
        ...{
          hospitalCode: string
          hospitalName: string
          kind: 'item' | 'drug' | 'rehab_item' | 'device' | 'service_standard'
          catalogueCode: string | null
          from: string
          to?: string
        }[]
      ]
    }
    answer: {
      ids: string[]
    }
  }
  /**
   * Approve mappings, all or none
   */
  'POST /registers/mappings/approve': {
    body: {
      /**
       * @minItems 1
       * @maxItems 5000
       */
      ids: [string, ...string[]]
    }
    answer: {
      done: true
    }
  }
  /**
   * Reject mappings, all or none
   */
  'POST /registers/mappings/reject': {
    body: {
      /**
       * @minItems 1
       * @maxItems 5000
       */
      ids: [string, ...string[]]
    }
    answer: {
      done: true
    }
  }
  /**
   * Agreements, and how far each is today
   */
  'GET /registers/agreements': {
    query: {
      institutionId?: string
      within?: string
      kind?: 'medical' | 'rehabilitation' | 'device'
    }
    answer: {
      items: Agreement[]
    }
  }
  /**
   * Record an agreement
   */
  'POST /registers/agreements': {
    body: {
      institutionId: string
      kind: 'medical' | 'rehabilitation' | 'device'
      region: string
      agreedOn: string
      connectedOn?: string
      liveOn?: string
      endedOn?: string
      source: string
    }
    answer: {
      agreementId: string
    }
  }
  /**
   * Record that an institution was connected, went live or left
   */
  'POST /registers/agreements/{agreementId}': {
    params: {
      agreementId: string
    }
    body: {
      connectedOn?: string
      liveOn?: string
      endedOn?: string
    }
    answer: {
      done: true
    }
  }
  /**
   * Provinces without a rehabilitation or device institution
   */
  'GET /registers/missing-minimum': {
    query: {
      on?: string
    }
    answer: {
      items: {
        province: string
        missing: string[]
      }[]
    }
  }
  /**
   * The pilot prefectures of a province
   */
  'GET /registers/pilot-areas': {
    query: {
      province: string
    }
    answer: {
      items: {
        province: string
        prefecture: string
        goLiveOn: string
        source: string
      }[]
    }
  }
  /**
   * The control rules of a service
   */
  'GET /registers/control-rules': {
    query: {
      service: string
      on?: string
    }
    answer: {
      items: {
        code: string
        service?: string
        level: string
        name: {
          zh: string
          en: string
        }
        assumed: boolean
        source: string
      }[]
    }
  }
  /**
   * Service items: what is asked, and what no longer is
   */
  'GET /registers/service-items': {
    query: {
      service?: string
      level?: 'national' | 'local'
      on?: string
    }
    answer: {
      items: {
        itemCode: string
        service: string
        level: string
        name: {
          zh: string
          en: string
        }
        maturity: string
        proofsAsked: unknown[]
        proofsSaved: unknown[]
        assumed: boolean
        source: string
      }[]
    }
  }
  /**
   * The lists on which a party stands on a day
   */
  'GET /registers/listings': {
    query: {
      creditCode: string
      on?: string
    }
    answer: {
      items: {
        id: string
        list: 'serious_dishonesty' | 'bankruptcy_liquidation' | 'deregistration'
        creditCode: string
        name: string
        region: string
        from: string
        to?: string
        source: string
      }[]
    }
  }
  /**
   * Import parties on lists of a region, all or nothing
   */
  'POST /registers/listings/import': {
    body: {
      region: string
      /**
       * @minItems 1
       * @maxItems 20000
       */
      rows: [
        {
          list: 'serious_dishonesty' | 'bankruptcy_liquidation' | 'deregistration'
          creditCode: string
          name: string
          from: string
          to?: string
          source: string
        },
        ...{
          list: 'serious_dishonesty' | 'bankruptcy_liquidation' | 'deregistration'
          creditCode: string
          name: string
          from: string
          to?: string
          source: string
        }[]
      ]
    }
    answer: {
      added: number
      unchanged: number
    }
  }
  /**
   * A party leaves a list
   */
  'POST /registers/listings/{listingId}/end': {
    params: {
      listingId: string
    }
    body: {
      to: string
    }
    answer: {
      done: true
    }
  }
  /**
   * Occupations by name or code
   */
  'GET /registers/occupations': {
    query: {
      text?: string
      limit?: number
    }
    answer: {
      items: {
        code: string
        nameZh: string
        nameEn: string
        source: string
        assumed: boolean
      }[]
    }
  }
  /**
   * Import occupations, all or nothing
   */
  'POST /registers/occupations/import': {
    body: {
      /**
       * @minItems 1
       * @maxItems 20000
       */
      rows: [
        {
          code: string
          nameZh: string
          nameEn: string
          source: string
          assumed: boolean
        },
        ...{
          code: string
          nameZh: string
          nameEn: string
          source: string
          assumed: boolean
        }[]
      ]
    }
    answer: {
      added: number
      unchanged: number
    }
  }
  /**
   * The occupations that a region needs urgently in a year
   */
  'GET /registers/urgent-occupations': {
    query: {
      year: number
    }
    answer: {
      list: {
        region: string
        year: number
        source: string
        assumed: boolean
        version: number
        occupations: {
          code: string
          name: string
        }[]
      } | null
    }
  }
  /**
   * Import a region's urgently needed occupations of a year: a new version
   */
  'POST /registers/urgent-occupations/import': {
    body: {
      region: string
      year: number
      source: string
      assumed: boolean
      /**
       * @minItems 1
       */
      rows: [
        {
          code: string
          name: string
        },
        ...{
          code: string
          name: string
        }[]
      ]
    }
    answer: {
      version: number
      count: number
    }
  }
  /**
   * The lists that come as files
   */
  'GET /lists': {
    answer: {
      items: {
        id: string
        title: {
          zh: string
          en: string
        }
        canAdvance: boolean
      }[]
    }
  }
  /**
   * The rows of a list, how each stands today
   */
  'GET /lists/{list}/rows': {
    params: {
      list: string
    }
    query: {
      requirement?: string
    }
    answer: {
      items: ListedRow[]
    }
  }
  /**
   * Every version of a row, the last one first
   */
  'GET /lists/{list}/rows/{id}/versions': {
    params: {
      list: string
      id: string
    }
    answer: {
      items: {
        version: number
        recordedAt: string
        state: {
          zh: string
          en: string
        } | null
        name: {
          zh: string
          en: string
        }
      }[]
    }
  }
  /**
   * Targets with what was reached of each
   */
  'GET /registers/targets': {
    query: {
      requirement?: string
    }
    answer: {
      items: TargetWithProgress[]
    }
  }
  /**
   * Headline figures with their qualifiers, and what is derived from them
   */
  'GET /registers/figures': {
    query: {
      requirement?: string
    }
    answer: {
      items: PrintedFigure[]
      derived: DerivedFigure[]
    }
  }
  /**
   * Activities, and how each stands on a day
   */
  'GET /registers/activities': {
    query: {
      requirement?: string
      on?: string
    }
    answer: {
      items: Activity[]
    }
  }
  /**
   * Where to find a person: the service counters, with address and hours
   */
  'GET /registers/counters': {
    answer: {
      items: {
        id: string
        region: string
        name: {
          zh: string
          en: string
        }
        address: {
          zh: string
          en: string
        }
        hours: {
          zh: string
          en: string
        }
        phone: string | null
      }[]
    }
  }
  /**
   * Report for this region what was reached of a target; again for a day, it is corrected
   */
  'POST /registers/targets/{target}/actuals': {
    params: {
      target: string
    }
    body: {
      on: string
      value: string
      whole?: string
      source: string
    }
    answer: {
      done: true
    }
  }
  /**
   * Take a row the next step of its list: approve, release, submit
   */
  'POST /lists/{list}/rows/{id}/advance': {
    params: {
      list: string
      id: string
    }
    answer: {
      state: {
        zh: string
        en: string
      } | null
    }
  }
  /**
   * Accounts with their balances
   */
  'GET /ledger/accounts': {
    query: {
      fund?: string
      agency?: string
      name?: string
      party?: string
    }
    answer: {
      items: {
        id: string
        name: string
        kind: string
        fund: string
        agency: string
        party: string | null
        debitFen: number
        creditFen: number
        balanceFen: number
        availableFen: number
      }[]
    }
  }
  /**
   * The statement of an account
   */
  'GET /ledger/accounts/{accountId}/statement': {
    params: {
      accountId: string
    }
    query: {
      from: string
      to: string
      knownAt?: string
    }
    answer: {
      account?: Account
      openingFen: number
      lines: {
        transferId: string
        on: string
        occurredOn: string | null
        recordedAt: string
        kind: string
        memo: {
          code: string
          params?: {
            [k: string]: string | number | boolean | null
          }
        }
        reference: string | null
        caseId: string | null
        correctsId: string | null
        debitFen: number
        creditFen: number
        balanceFen: number
      }[]
      closingFen: number
    }
  }
  /**
   * The transfers of a case
   */
  'GET /ledger/transfers': {
    query: {
      caseId: string
    }
    answer: {
      items: Transfer[]
    }
  }
  /**
   * A transfer
   */
  'GET /ledger/transfers/{transferId}': {
    params: {
      transferId: string
    }
    answer: Transfer
  }
  /**
   * The trial balance
   */
  'GET /ledger/trial-balance': {
    query: {
      agency?: string
      fund?: string
      from?: string
      asOf?: string
      knownAt?: string
    }
    answer: {
      rows: {
        accountId: string
        fund: string
        agency: string
        name: string
        party: string | null
        kind: string
        openingFen: string
        debitFen: string
        creditFen: string
        closingFen: string
      }[]
      totals: {
        openingDebitFen: string
        openingCreditFen: string
        debitFen: string
        creditFen: string
        closingDebitFen: string
        closingCreditFen: string
      }
    }
  }
  /**
   * The cash-basis book, derived from the accrual sub-ledger
   */
  'GET /ledger/cash-book': {
    query: {
      from: string
      to: string
      fund: string
      agency: string
    }
    answer: {
      lines: {
        transferId: string
        on: string
        kind: string
        memo: {
          code: string
          params?: {
            [k: string]: string | number | boolean | null
          }
        }
        caseId: string | null
        class: 'cash' | 'advance' | 'income' | 'expenditure'
        item: string
        party: string | null
        side: 'debit' | 'credit'
        amountFen: number
      }[]
      items: {
        class: 'cash' | 'advance' | 'income' | 'expenditure'
        item: string
        debitFen: string
        creditFen: string
      }[]
    }
  }
  /**
   * How far the books are sealed: a head to keep elsewhere
   */
  'GET /ledger/chain': {
    answer: {
      head: {
        number: number
        hash: string
        sealedAt: string
      } | null
      sealedCount: number
      waitingCount: number
    }
  }
  /**
   * Closings of periods
   */
  'GET /ledger/closings': {
    query: {
      fund?: string
      agency?: string
    }
    answer: {
      items: Closing[]
    }
  }
  /**
   * Close a period
   */
  'POST /ledger/closings': {
    body: {
      fund: string
      agency: string
      period: string
    }
    answer: {
      closingId: string
    }
  }
  /**
   * Confirm a closing
   */
  'POST /ledger/closings/{closingId}/confirmation': {
    params: {
      closingId: string
    }
    answer: Closing
  }
  /**
   * What waits, failed or was refused, by partner
   */
  'GET /exchange/status': {
    answer: {
      waiting: number
      oldestWaitingAt: string | null
      failed: number
      refused: number
      byPartner: {
        region: string
        waiting: number
        oldestWaitingAt: string | null
        failed: number
        refusedByPartner: number
      }[]
    }
  }
  /**
   * The messages about a case number
   */
  'GET /exchange/messages': {
    query: {
      about: string
    }
    answer: {
      items: ExchangeMessage[]
    }
  }
  /**
   * Messages that could not be handled
   */
  'GET /exchange/failed': {
    answer: {
      items: ExchangeMessage[]
    }
  }
  /**
   * After a restore: ask every partner for what went between us since
   */
  'POST /exchange/again': {
    body: {
      since: string
    }
    answer: {
      asked: string[]
    }
  }
  /**
   * Handle a failed message again
   */
  'POST /exchange/failed/retry': {
    body: {
      from: string
      id: string
    }
    answer: {
      done: true
    }
  }
  /**
   * Alerts of the exchange that nobody has acknowledged
   */
  'GET /exchange/alerts': {
    answer: {
      items: {
        id: string
        kind:
          | 'malformed'
          | 'not_canonical'
          | 'not_in_batch'
          | 'misaddressed'
          | 'unknown_sender'
          | 'wrong_signer'
          | 'wrong_signature'
          | 'key_revoked'
          | 'key_not_in_force'
          | 'id_reused'
          | 'replayed'
          | 'directory_behind'
          | 'directory_wrong'
          | 'enrolment_asked'
          | 'receipt_wrong'
          | 'refused_by_partner'
        partner: string | null
        firstSeenAt: string
        lastSeenAt: string
        count: number
      }[]
    }
  }
  /**
   * Acknowledge an alert
   */
  'POST /exchange/alerts/acknowledge': {
    body: {
      id: string
    }
    answer: {
      done: true
    }
  }
  /**
   * The directory of keys, and what waits for officers at the hub
   */
  'GET /exchange/keys': {
    answer: {
      isHub: boolean
      directory: ExchangeDirectory | null
      waiting: {
        id: string
        region: string
        kind: 'add_key' | 'reads' | 'revoke_key'
        fingerprint: string | null
        reason: string | null
        proposedAt: string
        firstOfficer: string | null
      }[]
    }
  }
  /**
   * Make this region's next key and announce it
   */
  'POST /exchange/keys/rotate': {
    answer: {
      fingerprint: string
    }
  }
  /**
   * Ask to revoke a lost key (hub)
   */
  'POST /exchange/keys/revoke': {
    body: {
      region: string
      fingerprint: string
      reason: string
    }
    answer: {
      changeId: string
    }
  }
  /**
   * Ask to enter the key of a region that cannot introduce itself (hub)
   */
  'POST /exchange/keys/enrol': {
    body: {
      region: string
      publicKey: string
      /**
       * @minItems 1
       */
      reads: [number, ...number[]]
    }
    answer: {
      changeId: string
    }
  }
  /**
   * Confirm a change of the directory (hub)
   */
  'POST /exchange/keys/confirm': {
    body: {
      id: string
    }
    answer: {
      done: true
    }
  }
  /**
   * The policies of all services
   */
  'GET /policies': {
    answer: {
      items: PolicyBody[]
    }
  }
  /**
   * A policy: every dated body of every region
   */
  'GET /policies/{policyId}': {
    params: {
      policyId: string
    }
    answer: {
      items: PolicyBody[]
    }
  }
  /**
   * Try a policy on facts, with its reasons in words; changes nothing
   */
  'POST /policies/{policyId}/decide': {
    params: {
      policyId: string
    }
    body: {
      facts: {
        [k: string]: unknown
      }
      on?: string
      insuredRegion?: string
      treatmentRegion?: string
    }
    answer: Ruling
  }
  /**
   * A rule as data, with its values by region and how synthetic people are made
   */
  'GET /policies/{policyId}/rule': {
    params: {
      policyId: string
    }
    query: {
      on?: string
    }
    answer: RuleToTry
  }
  /**
   * The dated values of a service, publications included
   */
  'GET /values': {
    query: {
      service: string
    }
    answer: {
      items: {
        name: string
        unit: string
        regionOf?: 'insured' | 'treatment'
        dated: {
          region: string
          value:
            | number
            | string
            | boolean
            | {
                [k: string]: number
              }
            | string[]
          from: string
          to?: string
          source: string
          assumed?: boolean
          note?: string
          reviewBy?: string
          publishedOn?: string
        }[]
      }[]
    }
  }
  /**
   * Values that were proposed and not yet approved
   */
  'GET /values/proposals': {
    query: {
      service: string
    }
    answer: {
      items: {
        id: string
        service: string
        name: string
        region: string
        value:
          | number
          | string
          | boolean
          | {
              [k: string]: number
            }
          | string[]
        unit: string
        from: string
        to?: string
        source: string
        note?: string
        proposedBy: string
        proposedAt: string
        /**
         * the name of who proposed it
         */
        proposer: string
        /**
         * what holds there on its first day without it
         */
        before:
          | (
              | number
              | string
              | boolean
              | {
                  [k: string]: number
                }
              | string[]
            )
          | null
        /**
         * the policies that go by it, where its effect can be tried
         */
        policies: {
          id: string
          title: {
            zh: string
            en: string
          }
        }[]
      }[]
    }
  }
  /**
   * Propose a value
   */
  'POST /values/proposals': {
    body: {
      service: string
      name: string
      insurance?: 'pension' | 'medical' | 'work_injury' | 'unemployment' | 'maternity'
      region: string
      value:
        | number
        | string
        | boolean
        | [string, ...string[]]
        | {
            [k: string]: number
          }
      from: string
      to?: string
      source: string
      note?: string
    }
    answer: {
      proposalId: string
    }
  }
  /**
   * Approve a proposed value and so publish it
   */
  'POST /values/proposals/{proposalId}/approve': {
    params: {
      proposalId: string
    }
    answer: {
      id: string
      service: string
      name: string
      region: string
      value:
        | number
        | string
        | boolean
        | {
            [k: string]: number
          }
        | string[]
      unit: string
      from: string
      to?: string
      source: string
      note?: string
      proposedBy: string
      proposedAt: string
      publishedOn: string
      revisions: {
        caseId: string
        number: string
        status: string
      }[]
    }
  }
  /**
   * Published values of a service, with those taken back
   */
  'GET /values/publications': {
    query: {
      service: string
    }
    answer: {
      items: {
        id: string
        service: string
        name: string
        region: string
        value:
          | number
          | string
          | boolean
          | {
              [k: string]: number
            }
          | string[]
        unit: string
        from: string
        to?: string
        source: string
        note?: string
        proposedAt: string
        publishedOn: string
        withdrawnOn: string | null
        withdrawnBecause: string | null
      }[]
    }
  }
  /**
   * Withdrawals of publications that wait for a second officer
   */
  'GET /values/withdrawals': {
    query: {
      service: string
    }
    answer: {
      items: {
        withdrawalId: string
        proposalId: string
        name: string
        reason: string
        proposedBy: string
        proposedAt: string
      }[]
    }
  }
  /**
   * Propose to take a publication back
   */
  'POST /values/proposals/{proposalId}/withdrawals': {
    params: {
      proposalId: string
    }
    body: {
      reason: string
    }
    answer: {
      withdrawalId: string
    }
  }
  /**
   * Approve taking a publication back
   */
  'POST /values/withdrawals/{withdrawalId}/approve': {
    params: {
      withdrawalId: string
    }
    answer: {
      revisions: {
        caseId: string
        number: string
        status: string
      }[]
      withdrawnOn: string
    }
  }
  /**
   * The lines of a round
   */
  'GET /rounds/{caseId}/lines': {
    params: {
      caseId: string
    }
    query: {
      after?: number
      limit?: number
    }
    answer: {
      items: {
        no: number
        party: {
          kind: 'person' | 'employer'
          id: string
        }
        partyName: string
        amountFen: number
        caseId: string | null
        skippedBecause: string | null
      }[]
    }
  }
  /**
   * The lines of a revision: before and after
   */
  'GET /revisions/{caseId}/lines': {
    params: {
      caseId: string
    }
    query: {
      after?: number
      limit?: number
    }
    answer: {
      items: {
        no: number
        caseId: string
        caseNumber: string
        beforeOutcome: string
        beforeFen: number
        afterOutcome: string
        afterFen: number
        status: string | null
        failedBecause: string | null
      }[]
    }
  }
  /**
   * The regions directly under one; the provinces where none is named
   */
  'GET /regions': {
    query: {
      under?: string
    }
    answer: {
      items: Region[]
    }
  }
  /**
   * A region
   */
  'GET /regions/{code}': {
    params: {
      code: string
    }
    answer: Region
  }
  /**
   * The pooling areas on a day
   */
  'GET /pooling-areas': {
    query: {
      insurance?: 'pension' | 'medical' | 'work_injury' | 'unemployment' | 'maternity'
      on?: string
    }
    answer: {
      items: {
        id: string
        name: {
          zh: string
          en: string
        }
        insurance: string
        regionCodes: string[]
        province: string
        provincialPooling: boolean
        source: string
        assumed?: boolean
      }[]
    }
  }
  /**
   * The date so many working days after another
   */
  'GET /working-days': {
    query: {
      from: string
      add: number
    }
    answer: {
      date: string
      /**
       * beyond the published calendar: weekends only
       */
      assumed: boolean
    }
  }
  /**
   * The paragraph that a clause stands in, once its bulletin has been imported
   */
  'GET /law/clauses/{service}/{clause}': {
    params: {
      service: string
      clause: string
    }
    answer: ClauseText
  }
  /**
   * Search the text of all issues; what is in quotation marks is found letter by letter
   */
  'GET /documents/search': {
    query: {
      text: string
      series?: string
      issue?: string
      section?: string
      offset?: number
      limit?: number
    }
    answer: {
      articleCount: number
      /**
       * false where so much was found that not all of it was ranked
       */
      isComplete: boolean
      items: FoundArticle[]
    }
  }
  /**
   * The documents that rules are named after, with the clauses that stand on each
   */
  'GET /documents/named': {
    answer: {
      items: {
        id: string
        title: {
          zh: string
          en: string
        }
        issuer: {
          zh: string
          en: string
        }
        region: string
        requirements: string[]
        from?: string
        to?: string
        note?: string
        clauses: {
          service: string
          clause: string
          rules: string[]
        }[]
      }[]
    }
  }
  /**
   * A version of an issue, article by article
   */
  'GET /documents/{documentId}': {
    params: {
      documentId: string
    }
    answer: {
      id: string
      series: string
      issue: string
      version: number
      isCurrent: boolean
      name: string
      organiser: string
      publishedOn: string
      differences: {
        kind:
          | 'contents_missing'
          | 'spelled_otherwise'
          | 'not_in_text'
          | 'not_in_contents'
          | 'other_section'
          | 'source_missing'
          | 'title_missing'
        line: number
        text: string
      }[]
      recordedAt: string
      articles: PrintedArticle[]
    }
  }
  /**
   * The public services
   */
  'GET /services': {
    answer: {
      items: {
        id: string
        title: {
          zh: string
          en: string
        }
        summary: {
          zh: string
          en: string
        }
        itemCode: string
        /**
         * false where it is a matter of other regions, and pages leave it out
         */
        isOffered: boolean
        flows: {
          id: string
          title: {
            zh: string
            en: string
          }
        }[]
        /**
         * everyday words by which it is found, in both languages
         */
        keywords: string[]
        /**
         * the regions that offer it; null for all
         */
        regions: string[] | null
        level: 'national' | 'local'
        maturity: 'can_be_done' | 'easy_to_do' | 'efficiently_done'
        /**
         * true until the catalogue of the region says so without a proviso
         */
        isMaturityAssumed: boolean
        proofsAsked: {
          zh: string
          en: string
        }[]
        proofsSaved: {
          zh: string
          en: string
        }[]
      }[]
    }
  }
  /**
   * All sentences of a language by code; those of each service by themselves
   */
  'GET /messages/{language}': {
    params: {
      language: 'zh' | 'en'
    }
    answer: {
      house: {
        [k: string]: string
      }
      services: {
        [k: string]: {
          [k: string]: string
        }
      }
    }
  }
  /**
   * What one can apply for, and the flows of its batches, rounds and revisions
   */
  'GET /benefits': {
    answer: {
      items: {
        flow: string
        service: string
        title: {
          zh: string
          en: string
        }
        summary: {
          zh: string
          en: string
        }
        itemCode: string
        applicant: 'person' | 'employer'
        fields: BenefitField[]
      }[]
      /**
       * how long an application usually takes where nothing sets a term
       */
      usualTime: {
        workingDays: number
        assumed: boolean
      } | null
      payments: {
        flow: string
        service: string
        title: {
          zh: string
          en: string
        }
        fund: string
      }[]
      /**
       * flows that find who is owed a benefit without an application (免申即享)
       */
      rounds: {
        flow: string
        service: string
        title: {
          zh: string
          en: string
        }
      }[]
      /**
       * flows that carry the change of a value through what was decided
       */
      revisions: {
        flow: string
        service: string
        title: {
          zh: string
          en: string
        }
      }[]
    }
  }
  /**
   * What the registers know of an applicant, and what remains to be asked
   */
  'POST /benefits/{flow}/known': {
    params: {
      flow: string
    }
    body: {
      /**
       * whom an officer of the counter asks for
       */
      partyId?: string
    }
    answer: {
      asOf: string
      facts: KnownFact[]
      fields: BenefitField[]
    }
  }
  /**
   * What the rule would say of an application now; nothing is kept
   */
  'POST /benefits/{flow}/preview': {
    params: {
      flow: string
    }
    body: {
      /**
       * whom an officer of the counter asks for
       */
      partyId?: string
      answers: {
        [k: string]: unknown
      }
    }
    answer: {
      ruling: Ruling
      facts: KnownFact[]
      /**
       * control rules that it would hit at acceptance
       */
      hits: {
        rule: string
        level: 'high' | 'medium' | 'low'
        params?: {
          [k: string]: string | number | boolean | null
        }
      }[]
    }
  }
  /**
   * What deciding a case today would say, beside what was decided; nothing is kept
   */
  'GET /benefits/cases/{caseId}/now': {
    params: {
      caseId: string
    }
    query: {
      because?: 'facts' | 'value'
    }
    answer: {
      before: Finding | null
      /**
       * null where people decided and no value changes it
       */
      after: Finding | null
      ruling: Ruling | null
      facts: KnownFact[]
    }
  }
  /**
   * Payments that wait for a batch, the oldest first
   */
  'GET /benefits/payments/due': {
    query: {
      service: string
    }
    answer: {
      count: number
      totalFen: string
      /**
       * the first 200
       */
      items: DueLine[]
    }
  }
  /**
   * Read a bank's file of results against its batch; keeps nothing
   */
  'POST /benefits/payments/{caseId}/results/read': {
    params: {
      caseId: string
    }
    body: {
      /**
       * @maxItems 100
       */
      columns: string[]
      /**
       * @maxItems 5000
       */
      rows: string[][]
    }
    answer: {
      /**
       * null as soon as one row is wrong
       */
      results:
        | {
            orderId: string
            result: 'paid' | 'returned'
            reason?: string
          }[]
        | null
      problems: {
        /**
         * 1 is the header
         */
        row: number
        column: 'order' | 'number' | 'payee' | 'bank' | 'account' | 'amount' | 'result' | 'reason'
        /**
         * message code `bank_file.<problem>`
         */
        problem:
          | 'column_missing'
          | 'line_unknown'
          | 'line_ambiguous'
          | 'line_answered'
          | 'line_twice'
          | 'result_unknown'
          | 'reason_missing'
        found: string
      }[]
    }
  }
  /**
   * What I can get, by what the registers hold alone
   */
  'GET /entitlements': {
    answer: {
      items: Entitlement[]
    }
  }
  /**
   * What I can get: what is certain of each benefit, and what is worth asking next
   */
  'POST /entitlements': {
    body: {
      /**
       * the benefits looked at; all where left out
       *
       * @maxItems 200
       */
      flows?: string[]
      /**
       * by flow and field; what is not known is left out
       */
      answers: {
        [k: string]: {
          [k: string]: unknown
        }
      }
    }
    answer: {
      items: Entitlement[]
    }
  }
  /**
   * The synthetic users of the demo world
   */
  'GET /demo/users': {
    answer: {
      /**
       * of all of them, for sign-in by password
       */
      password: string
      items: {
        userId: string
        login: string
        displayName: string
        story: {
          zh: string
          en: string
        } | null
        personId: string | null
        assignments: Assignment[]
      }[]
    }
  }
}
export interface Attachment {
  id: string
  caseId: string
  name: string
  kind: string
  mediaType: string
  sizeBytes: number
  sm3: string
  addedAt: string
}
export interface PolicyFindings {
  checkedOn: string
  items: {
    level: 'error' | 'note'
    /**
     * 10xx days, 11xx declarations and values, 20xx paths, 30xx promises; 40xx notes
     */
    code: string
    sentence: {
      zh: string
      en: string
    }
    file: string
    line: number
    /**
     * offsets into the file
     */
    at: {
      start: number
      end: number
    }
    witnesses: {
      on: string
      region: string | null
      facts: {
        [k: string]: unknown
      } | null
      outcome: ('granted' | 'refused' | 'referred') | null
      reason: string | null
      problem: string | null
    }[]
  }[]
  minItems?: 0
}
export interface CurrentPolicyRun {
  id: string
  policy: string
  startedAt: string
  done: number
  failed: boolean
}
export interface PolicyRun {
  id: string
  question: {
    policy: string
    on: string
    people: number
    seed: number
    changes: {
      name: string
      key?: string
      value: number | string | boolean
    }[]
  }
  irHash: string
  valuesHashes: {
    [k: string]: string
  }
  /**
   * the name of who asked for it
   */
  startedBy: string
  startedAt: string
  finishedAt: string
  result: {
    amount: string | null
    regions: string[]
    all: {
      rows: number
      before: {
        /**
         * whole, as decimal text
         */
        cost: string
        granted: number
        ends: number[]
      }
      after: {
        /**
         * whole, as decimal text
         */
        cost: string
        granted: number
        ends: number[]
      }
      winners: {
        rows: number
        /**
         * whole, as decimal text
         */
        sum: string
      }
      losers: {
        rows: number
        /**
         * whole, as decimal text
         */
        sum: string
      }
      unchanged: number
      newlyGranted: number
      noLongerGranted: number
    }
    groups: {
      rows: number
      before: {
        /**
         * whole, as decimal text
         */
        cost: string
        granted: number
        ends: number[]
      }
      after: {
        /**
         * whole, as decimal text
         */
        cost: string
        granted: number
        ends: number[]
      }
      winners: {
        rows: number
        /**
         * whole, as decimal text
         */
        sum: string
      }
      losers: {
        rows: number
        /**
         * whole, as decimal text
         */
        sum: string
      }
      unchanged: number
      newlyGranted: number
      noLongerGranted: number
    }[]
    bins: {
      from: number
      to: number
      rows: number
    }[]
    ends: {
      outcome: 'grant' | 'refuse' | 'refer'
      reason: string | null
      clause: string
    }[]
  }
}
export interface Person {
  personId: string
  name: string
  idNumberMasked: string
  sex: string
  birthOn: string
  phoneMasked: string | null
  homeRegion: string
  agency: string
  retiredOn: string | null
  diedOn: string | null
}
export interface Assignment {
  assignmentId: string
  userId: string
  role: string
  roleTitle: {
    zh: string
    en: string
  }
  kind: 'staff' | 'institution' | 'employer'
  agency?: string
  institutionId?: string
  employerId?: string
  bodyName: {
    zh: string
    en: string
  }
  from: string
  to: string | null
}
export interface Card {
  cardId: string
  number: string
  personId: string
  state: 'active' | 'lost' | 'replaced' | 'cancelled'
  issuedOn: string
  outlet: string
  bankName: string | null
  bankAccountMasked: string | null
  eCard: {
    eCardId: string
    version: string
    state: 'active' | 'suspended' | 'cancelled'
    appliedAt: string
    apps: string[]
  } | null
}
export interface Enrolment {
  enrolmentId: string
  personId: string
  employerId: string | null
  insurance: string
  poolingArea: string
  agency: string
  relation: string
  contributingContinuously: boolean
  from: string
  to: string | null
}
export interface AccessEntry {
  at: string
  action: string
  purpose: string | null
  role: string
  agency: string | null
  institutionId: string | null
  employerId: string | null
  /**
   * who acted for the person; masked for officers
   */
  agentName: string | null
}
export interface Authority {
  authorityId: string
  subjectPersonId: string
  relation: string
  agentPersonId: string | null
  agentEmployerId: string | null
  subjectName: string
  /**
   * masked for officers; null for an employer
   */
  agentName: string | null
  evidence: string
  scope: ('matters' | 'records' | 'card')[]
  from: string
  to: string | null
}
export interface CaseRow {
  caseId: string
  number: string
  service: string
  flow: string
  status: string
  statusTitle: {
    zh: string
    en: string
  }
  seq: number
  agency: string
  subject: {
    personId: string | null
    institutionId: string | null
    employerId: string | null
  }
  openedAt: string
  closedAt: string | null
  riskLevel: ('high' | 'medium' | 'low') | null
  taskRole: string | null
  waitsFor: string | null
  dueOn: string | null
  dueAssumed: boolean
  summary: {
    [k: string]: string | number | boolean | null
  }
  /**
   * all but the first character masked; told to officers who cover the person, in lists
   */
  personNameMasked?: string
  /**
   * the user of the desk who has it in hand; told to the desk and to officers
   */
  heldBy: string | null
}
export interface Employer {
  employerId: string
  creditCode: string
  name: string
  region: string
  agency: string
  industry: string
  status: string
}
export interface NamedAccessEntry {
  at: string
  action: string
  purpose: string | null
  role: string
  agency: string | null
  institutionId: string | null
  employerId: string | null
  /**
   * who acted for the person; masked for officers
   */
  agentName: string | null
  displayName: string | null
}
export interface IssuedCertificate {
  certificateId: string
  code: string
  service: string
  kind: string
  agency: string
  title: {
    zh: string
    en: string
  }
  holder: {
    name: string
    number: string
  }
  purpose: string
  issuedAt: string
  validUntil: string | null
  withdrawn: {
    on: string
    reason: string
  } | null
}
export interface Institution {
  institutionId: string
  code: string
  name: string
  kind: string
  level: number | null
  bankClass:
    | ('bank_of_china' | 'state_owned' | 'postal' | 'joint_stock_provincial_branch' | 'local_legal_person' | 'other')
    | null
  region: string
}
export interface StepTaken {
  caseId: string
  number: string
  seq: number
  step: string
  outcome: string | null
  status: string
}
export interface CaseView {
  file: {
    id: string
    number: string
    service: string
    flow: string
    flowVersion: number
    status: string
    /**
     * what the next step must expect
     */
    seq: number
    agency: string
    subject: {
      personId: string | null
      institutionId: string | null
      employerId: string | null
    }
    openedAt: string
    closedAt: string | null
    riskLevel: ('high' | 'medium' | 'low') | null
    /**
     * the flow's own
     */
    state: {
      [k: string]: unknown
    }
  }
  title: {
    zh: string
    en: string
  }
  status: {
    title: {
      zh: string
      en: string
    }
    task?: {
      role: string
    }
    waitsFor?: string
    final?: boolean
  }
  steps: {
    step: string
    title: {
      zh: string
      en: string
    }
    obstacle: {
      code: string
      clause: string | null
      params: {
        [k: string]: string | number | boolean | null
      }
    } | null
  }[]
  deadlines: {
    name: string
    state: string
    dueOn: string
    assumed: boolean
    overdue: boolean
    startedOn: string
    stoppedOn: string | null
    remainingDays: number | null
    endedOn: string | null
  }[]
  receipts: Receipt[]
  risks: {
    level: ('high' | 'medium' | 'low') | null
    hits: {
      rule: string
      level: 'high' | 'medium' | 'low'
      params?: {
        [k: string]: string | number | boolean | null
      }
    }[]
    seq: number
  }[]
  /**
   * who of the desk has it in hand; told to the desk and to officers
   */
  holder: {
    userId: string
    since: string
  } | null
  decision: {
    seq: number
    decidedOn: string
    decision: unknown
    objection: {
      reconsideration: {
        date: string
        assumed: boolean
        source: string
      }
      litigation: {
        date: string
        assumed: boolean
        source: string
      }
    }
  } | null
}
export interface Receipt {
  kind: 'accepted' | 'not_accepted' | 'completion_requested'
  number: string
  caseNumber: string
  flow: string
  issuedOn: string
  issuedAt: string
  reason: {
    code: string
    params: {
      [k: string]: string | number | boolean | null
    }
  } | null
}
export interface CaseEvent {
  seq: number
  kind: string
  outcome: string | null
  effectiveOn: string
  recordedAt: string
  by: {
    kind: string
    role: string
    agency: string | null
    /**
     * null where the reader may not know it
     */
    displayName: string | null
    /**
     * somebody who acted for the person by an authority
     */
    isAgent: boolean
    /**
     * masked for officers
     */
    agentName: string | null
  }
  body: unknown
  risk: RiskAssessment | null
  decision: unknown
}
export interface RiskAssessment {
  level: ('high' | 'medium' | 'low') | null
  hits: {
    rule: string
    level: 'high' | 'medium' | 'low'
    params?: {
      [k: string]: string | number | boolean | null
    }
  }[]
}
export interface CatalogueEntry {
  id: string
  region: string
  kind: 'item' | 'drug' | 'rehab_item' | 'device' | 'service_standard'
  code: string
  nameZh: string
  nameEn?: string
  unit: string
  priceLimitFen?: number
  quantityLimit?: number
  from: string
  to?: string
  source: string
}
export interface CodeMapping {
  id: string
  institutionId: string
  region: string
  hospitalCode: string
  hospitalName: string
  kind: 'item' | 'drug' | 'rehab_item' | 'device' | 'service_standard'
  catalogueCode: string | null
  from: string
  to?: string
  state: 'proposed' | 'approved' | 'rejected'
}
export interface Agreement {
  id: string
  institutionId: string
  kind: 'medical' | 'rehabilitation' | 'device'
  region: string
  agreedOn: string
  connectedOn?: string
  liveOn?: string
  endedOn?: string
  source: string
  status: 'none' | 'agreed' | 'connected' | 'live' | 'ended'
}
export interface ListedRow {
  id: string
  region: string
  requirement: string | null
  source: string
  note: {
    zh: string
    en: string
  } | null
  assumed: boolean
  /**
   * the services whose clauses belong to the same system of requirements
   */
  services: string[]
  name: {
    zh: string
    en: string
  }
  state: {
    zh: string
    en: string
  } | null
  notes: {
    zh: string
    en: string
  }[]
  version: number
  recordedAt: string
  /**
   * what another officer may do to it next
   */
  step: {
    zh: string
    en: string
  } | null
}
export interface TargetWithProgress {
  id: string
  region: string
  requirement: string | null
  source: string
  note: {
    zh: string
    en: string
  } | null
  assumed: boolean
  /**
   * the services whose clauses belong to the same system of requirements
   */
  services: string[]
  indicator: {
    zh: string
    en: string
  }
  period: {
    zh: string
    en: string
  }
  comparison: 'at_least' | 'at_most' | 'about'
  shown: {
    zh: string
    en: string
  }
  value: string
  unit: string
  actuals: {
    region: string
    on: string
    outcome: 'met' | 'not_met' | 'information'
    ratioPpm: number | null
    /**
     * what lacks, or what is too much
     */
    missing: {
      zh: string
      en: string
    } | null
    shown: {
      zh: string
      en: string
    }
    value: string
    whole: string | null
    version: number
  }[]
}
export interface PrintedFigure {
  id: string
  region: string
  requirement: string | null
  source: string
  note: {
    zh: string
    en: string
  } | null
  assumed: boolean
  /**
   * the services whose clauses belong to the same system of requirements
   */
  services: string[]
  about: {
    zh: string
    en: string
  } | null
  period: {
    zh: string
    en: string
  }
  metric: {
    zh: string
    en: string
  }
  printed: string
  shown: {
    zh: string
    en: string
  }
}
export interface DerivedFigure {
  id: string
  name: {
    zh: string
    en: string
  }
  region: string
  requirement: string | null
  /**
   * the figures that it is calculated from
   */
  from: string[]
  shown: {
    zh: string
    en: string
  }
}
export interface Activity {
  id: string
  region: string
  requirement: string | null
  source: string
  note: {
    zh: string
    en: string
  } | null
  assumed: boolean
  /**
   * the services whose clauses belong to the same system of requirements
   */
  services: string[]
  name: {
    zh: string
    en: string
  }
  theme: {
    zh: string
    en: string
  } | null
  organisers: {
    zh: string
    en: string
  } | null
  /**
   * as far as it is told: a day, a month or a year
   */
  begins: string | null
  /**
   * only told to have begun by then
   */
  isUnderWay: boolean
  ends: string | null
  state: 'not_begun' | 'running' | 'ended' | 'start_unknown'
  stateInWords: {
    zh: string
    en: string
  }
  nextOn: string | null
}
export interface Account {
  id: string
  name: string
  kind: string
  fund: string
  agency: string
  party: string | null
}
export interface Transfer {
  id: string
  seq: number
  kind: string
  fund: string
  agency: string
  on: string
  occurredOn: string | null
  recordedAt: string
  caseId: string | null
  reference: string | null
  correctsId: string | null
  correctedById: string | null
  correctedFen: number
  linkId: string | null
  memo: {
    code: string
    params?: {
      [k: string]: string | number | boolean | null
    }
  }
  totalFen: number
  entries: {
    no: number
    account: string
    party: string | null
    side: 'debit' | 'credit'
    amountFen: number
  }[]
}
export interface Closing {
  id: string
  fund: string
  agency: string
  period: string
  from: string
  to: string
  closedBy: string
  closedAt: string
  confirmedBy: string | null
  confirmedAt: string | null
  headNumber: number | null
  headHash: string | null
  /**
   * the trial balance as it was signed
   */
  document: string | null
  /**
   * SM2 over SM3, DER in base64
   */
  signature: string | null
  /**
   * the public key in PEM
   */
  signer: string | null
}
export interface ExchangeMessage {
  id: string
  direction: 'sent' | 'received'
  partner: string
  kind: string
  version: number
  about: string | null
  sentAt: string
  state: string
  stateAt: string | null
  attempts: number | null
  code: string | null
  params: {
    [k: string]: string | number | boolean | null
  } | null
}
export interface ExchangeDirectory {
  version: number
  issuedAt: string
  regions: {
    region: string
    reads: number[]
    keys: {
      fingerprint: string
      from: string | null
      to: string | null
      revokedAt: string | null
    }[]
  }[]
}
export interface PolicyBody {
  id: string
  service: string
  region: string
  title: {
    zh: string
    en: string
  }
  from: string
  to: string | null
  clause: string
  /**
   * the result that stands for the whole decision, where there is one
   */
  total: string | null
  /**
   * name, unit, range or words of each fact
   */
  facts: unknown[]
}
export interface Ruling {
  decision: {
    outcome: 'granted' | 'refused' | 'referred'
    results: {
      [k: string]: {
        value: unknown
        unit: string
      }
    }
    reason: string | null
    because: string
    amountFen?: number
    /**
     * what each item of a list came to, where the policy decides item by item
     */
    items?: {
      list: string
      outcomes: {
        outcome: 'granted' | 'refused' | 'referred'
        results: {
          [k: string]: {
            value: unknown
            unit: string
          }
        }
        reason: string | null
        because: string
        amountFen?: number
      }[]
    }
    assumptions: {
      value: unknown
      unit: string
      name: string
      source: string
      note?: string
    }[]
    policy: {
      id: string
      irHash: string
      valuesHash: string
    }
    minItems?: 0
  }
  facts: {
    [k: string]: unknown
  }
  on: string
  ruleOf: string
  title: {
    zh: string
    en: string
  }
  sentences: {
    zh: string[]
    en: string[]
  }
  meaning: {
    zh: string
    en: string
  } | null
  advice: {
    zh: string
    en: string
  } | null
}
export interface RuleToTry {
  service: string
  on: string
  /**
   * the rule as in policy/ir.schema.json, every dated body
   */
  ir: {
    [k: string]: unknown
  }
  regions: {
    region: string
    name: {
      zh: string
      en: string
    }
    values: {
      [k: string]: ResolvedValue
    }
  }[]
  /**
   * by column of the facts; others are spread evenly
   */
  spreads: {
    [k: string]:
      | {
          is: 'even'
          min?: number | string
          max?: number | string
        }
      | {
          is: 'skewed'
          median: number
          spread: number
        }
      | {
          is: 'weighted'
          weights: {
            [k: string]: number
          }
        }
      | {
          is: 'edges'
          at: (number | string)[]
        }
  }
  /**
   * of facts, values, results, reasons, clauses
   */
  labels: {
    zh: {
      [k: string]: string
    }
    en: {
      [k: string]: string
    }
  }
}
export interface ResolvedValue {
  value:
    | number
    | string
    | boolean
    | {
        [k: string]: number
      }
    | string[]
  unit: string
  from: string
  to?: string
  source: string
  /**
   * the region that set it
   */
  region: string
  regionOf?: 'insured' | 'treatment'
  assumed?: true
  note?: string
  reviewBy?: string
}
export interface Region {
  code: string
  name: {
    zh: string
    en: string
  }
  level: 'nation' | 'province' | 'prefecture' | 'county'
  parent: string | null
  assumed?: boolean
}
export interface ClauseText {
  service: string
  clause: string
  paragraphs: {
    id: string
    /**
     * changed: other words stand there than when the clause was tied to it
     */
    state: 'as_tied' | 'changed' | 'not_imported'
    name: string
    issue: string
    article: number
    printed: {
      text: string
      documentId: string
      publishedOn: string
      articleTitle: string
      source: string | null
    } | null
  }[]
  /**
   * the law or document that no bulletin prints
   */
  outside: string | null
  /**
   * why it stands nowhere
   */
  derived: string | null
  /**
   * the named document that it is part of
   */
  document: {
    title: {
      zh: string
      en: string
    }
    issuer: {
      zh: string
      en: string
    }
    from: string | null
    to: string | null
  } | null
}
export interface FoundArticle {
  documentId: string
  series: string
  issue: string
  publishedOn: string
  no: number
  section: string | null
  title: string
  region: string | null
  paragraphCount: number
  paragraphs: {
    id: string
    excerpt: {
      text: string
      isHit: boolean
    }[]
  }[]
}
export interface PrintedArticle {
  no: number
  section: string | null
  title: string
  byline: string | null
  source: string | null
  region: string | null
  parts: {
    kind: string
    line: number
    text: string
    paragraph: {
      id: string
      digest: string
    } | null
  }[]
}
export interface BenefitField {
  name: string
  kind: 'choice' | 'date' | 'region' | 'text' | 'count' | 'money' | 'flag'
  options?: string[]
  required?: boolean
  /**
   * asked only while an earlier answer is one of these
   */
  askedWhen?: {
    field: string
    is: string[]
  }
}
export interface KnownFact {
  name: string
  value: unknown
  unit: string
  label: {
    zh: string
    en: string
  }
  /**
   * the value in words
   */
  text: {
    zh: string
    en: string
  }
  /**
   * the register that holds it
   */
  source: {
    zh: string
    en: string
  } | null
}
export interface Finding {
  outcome: 'granted' | 'refused' | 'referred'
  reason: string | null
  because: string
  amountFen: number
}
export interface DueLine {
  orderId: string
  caseId: string
  caseNumber: string
  /**
   * message code `payment.<purpose>` of the service
   */
  purpose: string
  payee: {
    kind: 'person' | 'employer' | 'institution' | 'fund'
    id: string
  }
  payeeName: string
  /**
   * null: no account is known, so no batch takes it
   */
  accountMasked: string | null
  amountFen: number
  orderedOn: string
  lastResult: ('paid' | 'returned' | 'withdrawn') | null
  lastReason: string | null
}
export interface Entitlement {
  flow: string
  service: string
  title: {
    zh: string
    en: string
  }
  summary: {
    zh: string
    en: string
  }
  /**
   * what every answer still to come leads to; closed: refused before the rule was asked
   */
  state: 'granted' | 'refused' | 'referred' | 'open' | 'closed'
  /**
   * the page of the residents’ portal where it is asked for
   */
  path: string
  amount: {
    minFen: number
    maxFen: number
    per: 'once' | 'month'
  } | null
  /**
   * the clause of the outcome
   */
  because: string | null
  meaning: {
    zh: string
    en: string
  } | null
  advice: {
    zh: string
    en: string
  } | null
  /**
   * why, where it is granted and every fact is known
   */
  steps: {
    zh: string
    en: string
  }[]
  /**
   * what is worth asking next
   */
  question: {
    name: string
    kind: 'choice' | 'date' | 'region' | 'text' | 'count' | 'money' | 'flag'
    options?: string[]
    required?: boolean
    /**
     * asked only while an earlier answer is one of these
     */
    askedWhen?: {
      field: string
      is: string[]
    }
    label: {
      zh: string
      en: string
    }
    help: {
      zh: string
      en: string
    } | null
  } | null
}
