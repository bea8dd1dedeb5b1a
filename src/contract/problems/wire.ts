// What any call may be refused with before it is looked at what it asks; spread into the one list of problems.

export const WIRE_PROBLEMS = {
  'malformed-request': {
    status: 400,
    title: ['请求无法解析', '請求無法解析', 'The request cannot be read'],
    detail: [
      '地址、报文或 JSON 正文的格式不正确。',
      '地址、報文或 JSON 內容的格式不正確。',
      'The address, the HTTP message or its JSON body is not well-formed.',
    ],
  },
  'invalid-request': {
    status: 400,
    title: ['请求内容不符合要求', '請求內容不符合要求', 'The request does not fit the schema'],
    detail: [
      '请按 errors 中列出的位置改正。',
      '請按 errors 所列位置更正。',
      'See errors for each place and what it needs.',
    ],
  },
  unauthenticated: {
    status: 401,
    title: ['缺少或无效的 API 密钥', '缺少或無效的 API 密鑰', 'Missing or invalid API key'],
    detail: [
      '请在 Authorization 请求头中以 Bearer 方式提供有效的 API 密钥。',
      '請在 Authorization 標頭以 Bearer 方式提供有效的 API 密鑰。',
      'Send a valid API key as a Bearer token in the Authorization header.',
    ],
  },
  'missing-scope': {
    status: 403,
    title: ['此 API 密钥没有所需权限', '此 API 密鑰沒有所需權限', 'This API key lacks a scope'],
    detail: ['需要权限 {scope}。', '需要權限 {scope}。', 'The call needs the scope {scope}.'],
  },
  'not-found': {
    status: 404,
    title: ['未找到', '未找到', 'Not found'],
    detail: ['没有这个地址或对象。', '沒有此地址或物件。', 'Nothing of this tenant lives at that address.'],
  },
  'method-not-allowed': {
    status: 405,
    title: ['不支持该请求方法', '不支援該請求方法', 'Method not allowed'],
    detail: ['此地址支持 {allow}。', '此地址支援 {allow}。', 'This address answers {allow}.'],
  },
  'payload-too-large': {
    status: 413,
    title: ['请求过大', '請求過大', 'The request is too large'],
    detail: ['上限为 {limitBytes} 字节。', '上限為 {limitBytes} 位元組。', 'The limit is {limitBytes} bytes.'],
  },
  'unsupported-media-type': {
    status: 415,
    title: ['不支持的内容类型', '不支援的內容類型', 'Unsupported content type'],
    detail: ['请使用 application/json。', '請使用 application/json。', 'Send application/json.'],
  },
  'too-many-requests': {
    status: 429,
    title: ['请求过于频繁', '請求過於頻繁', 'Too many requests'],
    detail: ['请在 {retryAfter} 秒后重试。', '請於 {retryAfter} 秒後再試。', 'Try again in {retryAfter} seconds.'],
  },
  'idempotency-key-reused': {
    status: 422,
    title: ['幂等键已用于另一请求', '冪等鍵已用於另一請求', 'Idempotency key used for another request'],
    detail: [
      '请为不同的请求使用不同的 Idempotency-Key。',
      '請為不同的請求使用不同的 Idempotency-Key。',
      'Use a fresh Idempotency-Key for a different request.',
    ],
  },
  'request-in-progress': {
    status: 409,
    title: ['相同请求正在处理', '相同請求正在處理', 'The same request is still being worked on'],
    detail: [
      '请稍后用同一 Idempotency-Key 查询。',
      '請稍後以同一 Idempotency-Key 查詢。',
      'Ask again shortly with the same Idempotency-Key.',
    ],
  },
  'shown-once': {
    status: 409,
    title: ['该答复只显示一次', '該回覆只顯示一次', 'That reply is shown only once'],
    detail: [
      '含密钥的答复不会重复给出，请重新开始。',
      '含密鑰的回覆不會重複給出，請重新開始。',
      'A reply that holds a secret is never repeated. Start again to get a new one.',
    ],
  },
} as const;
