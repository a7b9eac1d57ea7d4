import type { Fault } from './problem.js';

/** The two languages that an answer may be told in. */
export type Language = 'en' | 'ja';

type Words = Readonly<Record<Language, string>>;

/**
 * What a fault or a warning says, by its code; `{name}` stands for a value of the finding. The one place for these words: what is told
 * about a report before it is sent, when it is sent and afterwards is the same.
 */
export const MESSAGES = {
  // What a form cannot be.
  'unknown-field': { en: 'is not a field of this form', ja: '定義されていない項目です' },
  missing: { en: 'is missing', ja: '必須の項目がありません' },
  'wrong-type': { en: 'must be {expected}, not {received}', ja: '{received}ではなく、{expected}でなければなりません' },
  'not-one-of': { en: 'must be one of {options}', ja: '{options} のいずれかでなければなりません' },
  'empty-text': { en: 'must not be empty', ja: '空にできません' },
  'short-text': { en: 'must have at least {minimum} characters', ja: '{minimum} 文字以上でなければなりません' },
  'long-text': { en: 'must have at most {maximum} characters', ja: '{maximum} 文字以内でなければなりません' },
  'few-items': { en: 'must have at least {minimum} entries', ja: '{minimum} 件以上でなければなりません' },
  'many-items': { en: 'must have at most {maximum} entries', ja: '{maximum} 件以内でなければなりません' },
  'small-number': { en: 'must be {minimum} or more', ja: '{minimum} 以上でなければなりません' },
  'large-number': { en: 'must be {maximum} or less', ja: '{maximum} 以下でなければなりません' },
  'not-an-email': { en: 'is not an e-mail address', ja: 'メールアドレスの形式ではありません' },
  'unstorable-text': {
    en: 'contains U+0000 or a lone surrogate',
    ja: 'U+0000 または対になっていないサロゲートが含まれています',
  },
  'duplicate-ref': { en: 'refs must be distinct', ja: 'ref が重複しています' },
  'not-an-instant': {
    en: 'is not a date and time with its offset, like 2026-11-20T09:00:00+09:00',
    ja: '日時を時差付きで書いてください（例: 2026-11-20T09:00:00+09:00）',
  },
  'not-a-day': {
    en: 'is not a day, like 2026-11-20',
    ja: '日付を書いてください（例: 2026-11-20）',
  },
  'not-a-ref': {
    en: 'is not a ref: 1 to 64 of A-Z, a-z, 0-9, _ and -',
    ja: 'ref は英数字と _ と - で 1 文字以上 64 文字以内です',
  },
  'not-a-country-code': {
    en: 'is not a country code: two capital letters (ISO 3166-1 alpha-2)',
    ja: '国コードは英大文字 2 文字です（ISO 3166-1 alpha-2）',
  },
  'unassigned-country-code': {
    en: 'is not assigned to a country in ISO 3166-1',
    ja: 'ISO 3166-1 で割り当てられていない国コードです',
  },
  'not-a-technique-id': {
    en: 'is not an ATT&CK technique id, like T1498 or T1498.001',
    ja: 'ATT&CK の技術 ID ではありません（例: T1498、T1498.001）',
  },
  'required-at-stage': {
    en: 'may be left out of an INITIAL report only; this one is {stage}',
    ja: '省略できるのは第一報（INITIAL）だけです。この報告は {stage} です',
  },
  'required-for-form': {
    en: 'a FINAL report on the form {form} needs it',
    ja: '様式 {form} の確報（FINAL）には必要です',
  },
  'block-of-another-form': {
    en: 'belongs to the form {block}; this report is on the form {form}',
    ja: '様式 {block} の項目です。この報告の様式は {form} です',
  },
  'occurred-after-recognised': {
    en: 'lies after the recognition at {recognisedAt}; leave it out where it is not known',
    ja: '認知日時 {recognisedAt} より後になっています。分からなければ省略してください',
  },
  'recognised-in-future': {
    en: 'lies after the receipt at {receivedAt}',
    ja: '受付日時 {receivedAt} より後になっています',
  },
  'occurred-in-future': {
    en: 'lies after the receipt at {receivedAt}',
    ja: '受付日時 {receivedAt} より後になっています',
  },
  'consent-in-future': {
    en: 'lies after the receipt at {receivedAt}',
    ja: '受付日時 {receivedAt} より後になっています',
  },
  'external-id-taken': {
    en: 'names report {reportId} already, which has another content; another incident needs another externalId',
    ja: 'この externalId は内容の異なる報告 {reportId} で使われています。別の事案には別の externalId を付けてください',
  },
  'report-too-large': {
    en: 'is too large to be passed on: {bytes} bytes, at most {limit}',
    ja: '大きすぎて回付できません（{bytes} バイト。上限は {limit} バイト）',
  },

  // What an entry of the register cannot be.
  'not-an-organisation-id': {
    en: 'is not an id of an organisation: 1 to 100 of A-Z, a-z, 0-9, . _ and -, the first a letter or digit',
    ja: '組織の ID は英数字と . _ - で 1 文字以上 100 文字以内、先頭は英数字です',
  },
  'designation-without-day': {
    en: 'is needed: a designated organisation is so from a day on',
    ja: '指定された組織には、いつから指定されているか（designatedSince）が必要です',
  },
  'day-without-designation': {
    en: 'is for a designated organisation alone',
    ja: 'designatedSince は指定された組織だけの項目です',
  },
  'not-in-register': {
    en: 'names {organisation}, which the register does not have',
    ja: '組織 {organisation} は登録簿にありません',
  },

  // What an adoption of a version of the guideline cannot be.
  'unknown-guideline': {
    en: 'is no version of the guideline; there are {versions}',
    ja: 'そのような指針の版はありません。あるのは {versions} です',
  },
  'guideline-is-draft': {
    en: '{guideline} is a draft: it says no day from which it could take effect',
    ja: '{guideline} は案であり、いつから効力を持つかの定めがありません',
  },
  'guideline-digest-differs': {
    en: 'is not the digest of {guideline}, which is {digest}: read the version again, and propose what you have read',
    ja: '{guideline} のダイジェストは {digest} です。内容を読み直してから提案してください',
  },
  'before-valid-from': {
    en: 'lies before {validFrom}, the earliest by the version itself',
    ja: '版の定める最も早い日時 {validFrom} より前になっています',
  },
  'adoption-backwards': {
    en: 'lies before {now}: nothing takes effect in the past',
    ja: '現在（{now}）より前になっています。過去に遡って効力を持たせることはできません',
  },

  // What a revision cannot be.
  'reason-for-initial': {
    en: 'is needed for another INITIAL report: it corrects the one before',
    ja: '第一報（INITIAL）を再度送る場合は訂正です。理由（reason）を書いてください',
  },
  'reason-for-time': {
    en: 'is needed where recognisedAt is corrected',
    ja: 'recognisedAt を訂正する場合は理由（reason）を書いてください',
  },
  'reason-after-final': {
    en: 'is needed after a final report: what comes then corrects it',
    ja: '確報（FINAL）の後の報告は訂正です。理由（reason）を書いてください',
  },
  'external-id-differs': {
    en: 'is {externalId} for this report; another incident is another report',
    ja: 'この報告の externalId は {externalId} です。別の事案は別の報告にしてください',
  },
  'external-id-none': {
    en: 'the report has none, and gets none later',
    ja: 'この報告には externalId がなく、後から付けることはできません',
  },
  'duty-stays': {
    en: 'a mandatory report does not become voluntary: withdraw it where there was no duty',
    ja: '義務報告を任意報告に変えることはできません。義務がなかった場合は報告を取り下げてください',
  },
  'consent-differs': {
    en: 'is {forward} as it was last stated: another is stated by PUT …/consent',
    ja: '現在の同意は {forward} です。変更は PUT …/consent で行ってください',
  },

  // Accepted, but.
  'unrecognised-address': {
    en: 'is no IPv4 or IPv6 address, domain name or URL that we understand; it is kept as sent',
    ja: 'IPv4・IPv6 アドレス、ドメイン名、URL のいずれとも解釈できません。受け取ったまま保存します',
  },
  'special-purpose-address': {
    en: 'is an address of the kind {range}: it cannot be reached from outside, and names no server on the Internet',
    ja: '{range} に当たるアドレスで、インターネット上のサーバを指しません',
  },
  'indicator-type-differs': {
    en: 'does not look like {type}; it is kept as sent',
    ja: '{type} の値に見えません。受け取ったまま保存します',
  },
  'unknown-technique': {
    en: 'is not in ATT&CK {version} as we hold it: it may be newer, or retired',
    ja: '当方の ATT&CK {version} の一覧にありません（新しいか、廃止された可能性があります）',
  },
  'not-designated': {
    en: 'the register does not have your organisation as designated: is the report voluntary?',
    ja: '登録簿では貴組織は指定されていません。任意の報告ではありませんか',
  },
  'duty-not-stated': {
    en: 'the register has your organisation as designated: is the report one that the law demands (MANDATORY)?',
    ja: '登録簿では貴組織は指定されています。義務に基づく報告（MANDATORY）ではありませんか',
  },
  'designation-differs': {
    en: 'differs from the register, which says {registered}',
    ja: '登録簿の内容（{registered}）と異なります',
  },
  'sector-differs': {
    en: 'differs from the register, which says {registered}',
    ja: '登録簿の内容（{registered}）と異なります',
  },
  'kind-not-taken': {
    en: 'only an organisation of sector DEFENCE can say {kind}: it counts as UNKNOWN until an analyst has assessed it',
    ja: '{kind} と申告できるのは DEFENCE 分野の組織だけです。分析官が判断するまで UNKNOWN として扱います',
  },
  'impact-contradicts': {
    en: 'says that users were affected, while impact.services is NONE and impact.personalData FALSE: by what were they?',
    ja: 'impact.services が NONE、impact.personalData が FALSE なのに影響を受けた利用者がいます',
  },
  'deadline-passed': {
    en: 'by this time of recognition the deadline {kind} ended at {dueAt}',
    ja: 'この認知日時によると、期限 {kind} は {dueAt} に過ぎています',
  },
  'forwarded-by-law': {
    en: 'a MANDATORY report is passed on by law, with or without consent',
    ja: '義務報告（MANDATORY）は、同意の有無にかかわらず法令により回付されます',
  },
  'stays-with-intake': {
    en: 'without consent a VOLUNTARY report stays with intake: nobody acts on it until consent is given',
    ja: '同意のない任意報告（VOLUNTARY）は受付に留まり、同意があるまで対応されません',
  },

  // What a request as a whole is told.
  'not-found': { en: 'It does not exist, or not for you.', ja: '存在しないか、閲覧できません。' },
  'not-registered': {
    en: 'The organisation {organisation} is not registered to report.',
    ja: '組織 {organisation} は報告者として登録されていません。',
  },
  'entry-by-staff-only': {
    en: 'Only staff of the reporting desk enter a report on behalf of an organisation: leave onBehalfOf out.',
    ja: '組織に代わって報告を入力できるのは受付の職員だけです。onBehalfOf を省いてください。',
  },
  'entry-for-whom': {
    en: 'Staff enter a report for the organisation that it came from: onBehalfOf names it.',
    ja: '職員が報告を入力するときは、報告元の組織を onBehalfOf に指定してください。',
  },
  'organisation-registered': {
    en: 'The organisation {organisation} is registered already: propose a change of its entry.',
    ja: '組織 {organisation} は既に登録されています。登録内容の変更として提案してください。',
  },
  'register-changed-since': {
    en: 'The entry of {organisation} is version {version} by now: read it, and propose the change of that.',
    ja: '{organisation} の登録内容は現在第 {version} 版です。取得し直してから変更を提案してください。',
  },
  'change-decided': {
    en: 'This proposal was decided on at {decidedAt}.',
    ja: 'この提案は {decidedAt} に処理されています。',
  },
  'adoption-decided': {
    en: 'This adoption was decided on at {decidedAt}.',
    ja: 'この採択は {decidedAt} に処理されています。',
  },
  'adoption-too-late': {
    en: 'It was to take effect at {from}, which has passed: propose it from a later time on.',
    ja: '効力を持たせる日時 {from} を過ぎています。より後の日時で提案し直してください。',
  },
  'adopted-text-changed': {
    en: 'The text of {guideline} is another by now, with the digest {digest}: read it, and propose that.',
    ja: '{guideline} の内容は提案後に変わっています（現在のダイジェストは {digest}）。読み直してから提案し直してください。',
  },
  'too-many-waiting': {
    en: 'More reports come in than can be stored just now. This one was not taken: send it again.',
    ja: '今は保存できる件数を超える報告が届いています。この報告は受け付けられていません。もう一度送ってください。',
  },
  'other-batches': {
    en: 'Other batches are being stored just now. Send this one again in a moment.',
    ja: '今は他の一括報告を保存しています。少し待ってからもう一度送ってください。',
  },
  'own-batches': {
    en: '{most} of your batches are being stored just now. Send the next when one of them has been answered.',
    ja: '現在、貴組織のシステムからの一括報告を {most} 件保存しています。いずれかの応答が終わってから次を送ってください。',
  },
  'key-used': {
    en: 'Use a new Idempotency-Key for a new request.',
    ja: '新しいリクエストには新しい Idempotency-Key を使ってください。',
  },
  'bad-key': {
    en: 'Idempotency-Key: takes 1 to 255 visible ASCII characters',
    ja: 'Idempotency-Key は表示可能な ASCII 文字で 1 文字以上 255 文字以内です',
  },
  'deep-json': {
    en: 'is nested too deeply: objects and lists may stand in one another {maximum} times',
    ja: '入れ子が深すぎます。オブジェクトと配列の入れ子は {maximum} 段までです',
  },
  'unknown-encoding': { en: 'is not UTF-8', ja: 'UTF-8 ではありません' },
  'other-method': {
    en: 'The method {method} is not known here; there are {allowed}.',
    ja: 'ここではメソッド {method} は使えません。使えるのは {allowed} です。',
  },
  'invalid-cursor': { en: 'is not a cursor of this list', ja: 'この一覧の cursor ではありません' },
  'other-content': {
    en: 'The externalId {externalId} names report {reportId}, which has another content. A change is a revision of it; another incident needs another externalId.',
    ja: 'externalId {externalId} は内容の異なる報告 {reportId} のものです。変更はその報告の改訂として、別の事案は別の externalId で送ってください。',
  },
  'no-body': { en: 'there is no body: a report is JSON', ja: '本文がありません。報告を JSON で送ってください' },
  'report-withdrawn': {
    en: 'The report was withdrawn at {withdrawnAt}: nothing is added to it any more.',
    ja: 'この報告は {withdrawnAt} に取り下げられたため、これ以上何も追加できません。',
  },
  'tag-required': {
    en: 'If-Match: takes the ETag of the latest revision, as GET /v1/reports/… gives it.',
    ja: 'If-Match に、GET /v1/reports/… で得た最新版の ETag を指定してください。',
  },
  'revised-since': {
    en: 'The latest revision is {revision}: read it, and revise that.',
    ja: '最新版は第 {revision} 版です。取得し直してから改訂してください。',
  },
  'consent-no-effect': {
    en: 'A mandatory report is passed on by law: consent is recorded and has no effect.',
    ja: '義務報告は法令により回付されます。同意は記録しますが、効果はありません。',
  },
  'consent-given-before': { en: 'Consent was given before, and stays so.', ja: '既に同意されています。' },
  'consent-denied-before': { en: 'Consent was not given before, and stays so.', ja: '既に同意のない状態です。' },
  'consent-stopped': {
    en: 'Nothing more of the report goes out, and those who have it are told.',
    ja: '今後この報告は回付されません。既に受け取った者にはその旨を通知します。',
  },
  'consent-released': { en: 'Revision {revision} has gone out.', ja: '第 {revision} 版を回付しました。' },
  'consent-recorded': { en: 'Later revisions go out again.', ja: '今後の改訂版は再び回付されます。' },
  'nothing-gone': { en: 'Nothing of the report has gone out.', ja: 'この報告はまだ回付されていません。' },
  'gone-already': {
    en: 'Up to revision {revision} the report has gone out, and that cannot be called back.',
    ja: '第 {revision} 版までは既に回付されており、取り消すことはできません。',
  },
  'contact-erased': {
    en: 'The contact was erased at {erasedAt}, and none has come since.',
    ja: '連絡先は {erasedAt} に消去され、その後は届いていません。',
  },
  'erasure-asked': {
    en: 'Its erasure was asked for at {askedAt} and waits for an operator to confirm it.',
    ja: '消去は {askedAt} に請求済みで、運用担当の確認待ちです。',
  },
  'erasure-not-asked': {
    en: 'Nobody has asked for an erasure that is still open.',
    ja: '確認待ちの消去の請求はありません。',
  },
  'answer-by-range': {
    en: 'must lie after now and within a year',
    ja: '現在より後、1 年以内でなければなりません',
  },
  'no-such-question': { en: 'is no question about this report', ja: 'この報告への質問ではありません' },
  'enough-answers': {
    en: 'The question has {most} answers: what else there is to say belongs into a follow-up report.',
    ja: 'この質問には既に {most} 件の回答があります。これ以上の情報は続報として提出してください。',
  },
  'answer-passed-on': { en: 'Those who asked have the answer.', ja: '回答は質問者に届きました。' },
  'answer-stays': {
    en: 'Consent to pass the report on does not stand: the answer stays with intake, and those who asked are told no more than that there is one. Give consent, then answer again.',
    ja: 'この報告の回付に同意していないため、回答は受付に留まり、質問者には回答があったことだけが伝わります。回付に同意してから、もう一度回答してください。',
  },
  'draft-tag-required': {
    en: 'If-Match: takes the ETag of the draft, as GET /v1/report-drafts/… gives it.',
    ja: 'If-Match に、GET /v1/report-drafts/… で得た下書きの ETag を指定してください。',
  },
  'draft-changed-since': {
    en: 'The draft has changed since you read it: it is at version {version} now.',
    ja: '下書きは取得後に変更され、現在は版 {version} です。',
  },
  'enough-drafts': {
    en: 'Your organisation has {most} drafts already: submit or delete one first.',
    ja: '貴組織の下書きは既に {most} 件あります。提出または削除してから作成してください。',
  },

  // What became of a report.
  'status-received': { en: 'The report was received.', ja: '報告を受け付けました。' },
  'status-held-back': {
    en: 'The report stays with intake: you have not consented to pass it on, and nobody acts on it.',
    ja: '回付への同意がないため、報告は受付に留まっており、対応は行われていません。',
  },
  'status-stopped': {
    en: 'You have taken your consent back: nothing more of the report is passed on. What has gone cannot be called back.',
    ja: '同意が撤回されたため、今後この報告は回付されません。既に回付された内容は取り消せません。',
  },
  'status-passed-on': {
    en: 'The report was passed on to the National Cybersecurity Office.',
    ja: '報告を国家サイバー統括室に回付しました。',
  },
  'status-read': { en: 'Analysts have read the report.', ja: '分析官が報告を確認しました。' },
  'status-asked': { en: 'Analysts have a question about the report.', ja: '分析官から質問が届いています。' },
  'status-answered': { en: 'You have answered a question.', ja: '質問に回答しました。' },
  'status-closed': {
    en: 'The final report was received: nothing more is expected of you. Corrections are still possible.',
    ja: '確報を受け付けました。追加の提出は求められていません（訂正は可能です）。',
  },
  'status-withdrawn': { en: 'You have withdrawn the report.', ja: '報告は取り下げられました。' },
  'next-consent': {
    en: 'To have it passed on, state your consent: PUT …/consent.',
    ja: '回付するには、PUT …/consent で同意してください。',
  },
  'next-answer': { en: 'Answer the question: POST …/answers.', ja: 'POST …/answers で質問に回答してください。' },
  'next-answer-by': {
    en: 'Answer the question by {due}: POST …/answers.',
    ja: '{due}までに POST …/answers で質問に回答してください。',
  },
  'next-follow-up': {
    en: 'As you find out more, send follow-up reports, and the final report at the end: POST …/revisions.',
    ja: '新たに判明した事項は続報として、最後に確報を、POST …/revisions で提出してください。',
  },
  'second-person': {
    en: 'This step needs another person than the one who took the step before it.',
    ja: 'この手続には、先に行った人とは別の人が必要です。',
  },
  'given-as': {
    en: 'It is given out as one of these: {types}.',
    ja: '提供できる形式は次のとおりです：{types}',
  },
  'try-again': { en: 'Try again shortly.', ja: 'しばらくしてからもう一度お試しください。' },
  'told-operators': {
    en: 'The operators have been told. The correlation id finds the case.',
    ja: '運用担当に通知しました。相関 ID（correlationId）で照会できます。',
  },
} as const satisfies Record<string, Words>;

/** What JSON holds, as people call it. */
export const TYPES = {
  string: { en: 'text', ja: '文字列' },
  number: { en: 'a number', ja: '数値' },
  int: { en: 'a whole number', ja: '整数' },
  boolean: { en: 'true or false', ja: '真偽値' },
  array: { en: 'a list', ja: '配列' },
  object: { en: 'an object', ja: 'オブジェクト' },
  null: { en: 'null', ja: 'null' },
} as const satisfies Record<string, Words>;

export type MessageCode = keyof typeof MESSAGES;
export type Values = Readonly<Record<string, string | number>>;

/** A message before it has a language. */
export interface Message {
  readonly code: MessageCode;
  readonly values?: Values;
}

/** A fault or a warning before it has a language: as it is found and kept. `pointer` is a JSON pointer into the body. */
export interface Finding extends Message {
  readonly pointer: string;
}

export const isMessageCode = (code: string): code is MessageCode => Object.hasOwn(MESSAGES, code);

/** The words of a message. A code that an earlier release kept and this one no longer has is its own words. */
export function say({ code, values = {} }: Message, language: Language): string {
  const words: Words | undefined = isMessageCode(code) ? MESSAGES[code] : undefined;
  if (words === undefined) return code;
  return words[language].replace(/\{(\w+)\}/g, (_, name: string) => String(values[name] ?? '?'));
}

export const tell = (finding: Finding, language: Language): Fault => ({
  pointer: finding.pointer,
  code: finding.code,
  detail: say(finding, language),
});
