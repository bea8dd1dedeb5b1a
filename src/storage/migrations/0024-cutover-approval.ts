// Who asked for a cut-over, and who else approved it.
export const cutoverApproval = (): readonly string[] => [
  `ALTER TABLE cutovers ADD COLUMN requester TEXT NOT NULL DEFAULT '{"login":"","id":null,"sessionId":null}'`,
  `ALTER TABLE cutovers ADD COLUMN approved_by TEXT`,
];
