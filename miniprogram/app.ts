// The mini-program: one page, which WeChat also opens when somebody scans one of our QRs.
App({});
