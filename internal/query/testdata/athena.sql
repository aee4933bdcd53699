-- CloudTrail records that filter patterns match, minute by minute, for Athena (engine version 3).
-- Columns: minute (seconds since 1970, UTC), total (all records), and
--   denied: alarm
--     { $.errorCode = "*UnauthorizedOperation" || $.errorCode = "AccessDenied*" }
--   quotes: filter quotes
--     { $.errorMessage = "it's 100%_\\x\"*end" }
--   missed: filter missed
--     { $.eventSource = "iam.amazonaws.com" } AND NOT { $.errorCode = "AccessDenied*" } AND NOT { $.eventName != "Get*" }
--   regexps: filter regexps
--     { $.sourceIPAddress = %^10\.[0-9]+/% || $.userAgent != %a b$% }
--   identity: filter identity
--     { $.userIdentity.type = "Root" && $.userIdentity.invokedBy NOT EXISTS && $.userIdentity.sessionContext.sessionIssuer.userName = "a*b" }
--   below: filter below
--     { $.requestParameters.items[0].name = "x" && $.additionalEventData.MFAUsed != "Yes" && $.requestParameters.count >= 5 && $.requestParameters.n = 1.50 }
--   kinds: filter kinds
--     { $.readOnly IS FALSE && $.requestParameters.x IS NULL && $.responseElements.y IS TRUE }
-- A table cannot distinguish null from absent: a NULL counts as absent.
-- Records with the same eventID count once.
-- Records are counted at their eventTime; those without a readable one are in a row without a minute.
-- Asked with --since 2026-11-02T00:00:00Z --until 2026-11-08T00:00:30Z: give the same with --counts.
-- Not asked: an alarm DROP TABLE x: of a pattern that is sensitive
-- Download the result as CSV, or: aws athena get-query-results --query-execution-id ID --output json > counts.json
-- Then: iacgate backtest ... --counts counts.csv
WITH fields AS (
  SELECT *,
    CAST(to_unixtime(date_trunc('minute', CASE WHEN regexp_like("eventtime", '^20(1[3-9]|[2-9][0-9])-[0-9]{2}-[0-9]{2}T([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]([.][0-9]+)?(Z|[+-][0-9]{2}:[0-9]{2})\z')
      THEN try(from_iso8601_timestamp("eventtime")) END)) AS bigint) AS iacgate_minute,
    json_extract("requestparameters", '$["items"][0]["name"]') AS j1,
    json_extract_scalar("requestparameters", '$["items"][0]["name"]') AS s1,
    substr(json_format(json_extract("requestparameters", '$["items"][0]["name"]')), 1, 1) AS k1,
    json_extract("additionaleventdata", '$["MFAUsed"]') AS j2,
    json_extract_scalar("additionaleventdata", '$["MFAUsed"]') AS s2,
    substr(json_format(json_extract("additionaleventdata", '$["MFAUsed"]')), 1, 1) AS k2,
    json_extract("requestparameters", '$["count"]') AS j3,
    json_extract_scalar("requestparameters", '$["count"]') AS s3,
    substr(json_format(json_extract("requestparameters", '$["count"]')), 1, 1) AS k3,
    json_extract("requestparameters", '$["n"]') AS j4,
    json_extract_scalar("requestparameters", '$["n"]') AS s4,
    substr(json_format(json_extract("requestparameters", '$["n"]')), 1, 1) AS k4,
    json_extract("requestparameters", '$["x"]') AS j5,
    json_extract_scalar("requestparameters", '$["x"]') AS s5,
    substr(json_format(json_extract("requestparameters", '$["x"]')), 1, 1) AS k5,
    json_extract("responseelements", '$["y"]') AS j6,
    json_extract_scalar("responseelements", '$["y"]') AS s6,
    substr(json_format(json_extract("responseelements", '$["y"]')), 1, 1) AS k6
  FROM "cloudtrail_logs"
  WHERE "timestamp" >= '2026/11/01' AND "timestamp" <= '2026/11/09'
), matched AS (
  SELECT iacgate_minute AS minute,
    "eventid" AS id, row_number() OVER (PARTITION BY "eventid") AS copy,
    (coalesce(("errorcode" LIKE '%UnauthorizedOperation' ESCAPE '\'), false) OR coalesce(("errorcode" LIKE 'AccessDenied%' ESCAPE '\'), false)) AS p1,
    coalesce(("errormessage" LIKE 'it''s 100\%\_\\x"%end' ESCAPE '\'), false) AS p2,
    coalesce(("eventsource" = 'iam.amazonaws.com'), false) AS p3,
    coalesce(("errorcode" LIKE 'AccessDenied%' ESCAPE '\'), false) AS p4,
    coalesce(NOT ("eventname" LIKE 'Get%' ESCAPE '\'), false) AS p5,
    (coalesce(regexp_like("sourceipaddress", '^10\x2e(?:[0-9])+\x2f'), false) OR coalesce(NOT regexp_like("useragent", 'a b\z'), false)) AS p6,
    (coalesce(("useridentity"."type" = 'Root'), false) AND ("useridentity"."invokedby" IS NULL) AND coalesce(("useridentity"."sessioncontext"."sessionissuer"."username" LIKE 'a%b' ESCAPE '\'), false)) AS p7,
    (coalesce(strpos('"-0123456789', k1) > 0 AND (s1 = 'x'), false) AND coalesce(strpos('"-0123456789', k2) > 0 AND NOT (s2 = 'Yes'), false) AND coalesce(CASE WHEN strpos('-0123456789', k3) > 0 AND regexp_like(s3, '^-?[0-9]{1,37}\z') THEN TRY_CAST(s3 AS decimal(38,0)) >= CAST('5' AS decimal(38,0)) WHEN strpos('-0123456789', k3) > 0 THEN is_finite(TRY_CAST(s3 AS double)) AND TRY_CAST(s3 AS double) >= CAST('5' AS double) END, false) AND coalesce(CASE WHEN k4 = '"' THEN s4 = '1.50' WHEN strpos('-0123456789', k4) > 0 THEN is_finite(TRY_CAST(s4 AS double)) AND TRY_CAST(s4 AS double) = CAST('1.50' AS double) END, false)) AS p8,
    (coalesce("readonly" = 'false', false) AND coalesce(k5 = 'n' OR k5 = '[' AND cardinality(filter(TRY_CAST(j5 AS array(json)), e -> coalesce(json_format(e) = 'null', true))) > 0, false) AND coalesce(k6 = 't', false)) AS p9
  FROM fields
  WHERE iacgate_minute IS NULL OR iacgate_minute >= 1793577600 AND iacgate_minute < 1794096030
)
SELECT minute, count(*) AS total,
  count(*) FILTER (WHERE p1) AS "denied",
  count(*) FILTER (WHERE p2) AS "quotes",
  count(*) FILTER (WHERE p3 AND NOT p4 AND NOT p5) AS "missed",
  count(*) FILTER (WHERE p6) AS "regexps",
  count(*) FILTER (WHERE p7) AS "identity",
  count(*) FILTER (WHERE p8) AS "below",
  count(*) FILTER (WHERE p9) AS "kinds"
FROM matched
WHERE copy = 1 OR id IS NULL
GROUP BY minute
ORDER BY minute
