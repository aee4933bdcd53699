-- CloudTrail records that filter patterns match, minute by minute, for DuckDB.
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
--   any: filter any
--     { $.resources[*].type != "AWS::S3::Bucket" || $.requestParameters[*] IS NULL || $.a.['b c'] IS TRUE }
--   kinds: filter kinds
--     { $.readOnly IS FALSE && $.requestParameters.x IS NULL && $.responseElements.y IS TRUE }
-- Records with the same eventID count once.
-- Records are counted at their eventTime; those without a readable one are in a row without a minute.
-- Asked with --since 2026-11-02T00:00:00Z --until 2026-11-08T00:00:30Z: give the same with --counts.
-- Not asked: an alarm DROP TABLE x: of a pattern that is sensitive
-- duckdb -csv < THIS-FILE > counts.csv, then iacgate backtest ... --counts counts.csv
WITH records AS (
  SELECT unnest(CASE WHEN Records IS NULL THEN error(filename || ' is no log file of CloudTrail') ELSE Records END) AS r
  FROM read_json(['s3://bucket/**/*.json.gz'],
    columns = {Records: 'JSON[]'}, format = 'unstructured', filename = true, maximum_object_size = 134217728)
  WHERE NOT regexp_matches(filename, '[/\\]CloudTrail-(Digest|Insight)[/\\]|_CloudTrail-(Digest|Insight)_[^/\\]*$')
), fields AS (
  SELECT r, json_extract_string(r, ['$."eventTime"', '$."eventID"', '$."errorCode"', '$."errorMessage"', '$."eventSource"', '$."eventName"', '$."sourceIPAddress"', '$."userAgent"', '$."userIdentity"."type"', '$."userIdentity"."invokedBy"', '$."userIdentity"."sessionContext"."sessionIssuer"."userName"', '$."requestParameters"."items"[0]."name"', '$."additionalEventData"."MFAUsed"', '$."requestParameters"."count"', '$."requestParameters"."n"', '$."a"."b c"', '$."readOnly"', '$."requestParameters"."x"', '$."responseElements"."y"']) AS x,
    json_type(r, ['$."eventTime"', '$."eventID"', '$."errorCode"', '$."errorMessage"', '$."eventSource"', '$."eventName"', '$."sourceIPAddress"', '$."userAgent"', '$."userIdentity"."type"', '$."userIdentity"."invokedBy"', '$."userIdentity"."sessionContext"."sessionIssuer"."userName"', '$."requestParameters"."items"[0]."name"', '$."additionalEventData"."MFAUsed"', '$."requestParameters"."count"', '$."requestParameters"."n"', '$."a"."b c"', '$."readOnly"', '$."requestParameters"."x"', '$."responseElements"."y"']) AS t
  FROM records
), matched AS (
  SELECT CASE WHEN regexp_matches(x[1], '^20(1[3-9]|[2-9][0-9])-[0-9]{2}-[0-9]{2}T([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]([.][0-9]+)?(Z|[+-][0-9]{2}:[0-9]{2})\z')
    THEN epoch_us(TRY_CAST(x[1] AS TIMESTAMPTZ)) // 60000000 * 60 END AS minute, x[2] AS id,
    (coalesce(suffix(x[3], 'UnauthorizedOperation'), false) OR coalesce(starts_with(x[3], 'AccessDenied'), false)) AS p1,
    coalesce((x[4] LIKE 'it''s 100\%\_\\x"%end' ESCAPE '\'), false) AS p2,
    coalesce((x[5] = 'iam.amazonaws.com'), false) AS p3,
    coalesce(starts_with(x[3], 'AccessDenied'), false) AS p4,
    coalesce(t[6] IN ('VARCHAR','BIGINT','UBIGINT','HUGEINT','UHUGEINT','DOUBLE') AND NOT starts_with(x[6], 'Get'), false) AS p5,
    (coalesce(t[7] IN ('VARCHAR','BIGINT','UBIGINT','HUGEINT','UHUGEINT','DOUBLE') AND regexp_matches(x[7], '^10\x2e(?:[0-9])+\x2f'), false) OR coalesce(t[8] IN ('VARCHAR','BIGINT','UBIGINT','HUGEINT','UHUGEINT','DOUBLE') AND NOT regexp_matches(x[8], 'a b\z'), false)) AS p6,
    (coalesce((x[9] = 'Root'), false) AND (t[10] IS NULL) AND coalesce((x[11] LIKE 'a%b' ESCAPE '\'), false)) AS p7,
    (coalesce((x[12] = 'x'), false) AND coalesce(t[13] IN ('VARCHAR','BIGINT','UBIGINT','HUGEINT','UHUGEINT','DOUBLE') AND NOT (x[13] = 'Yes'), false) AND coalesce(CASE WHEN t[14] IN ('BIGINT','UBIGINT','HUGEINT','UHUGEINT') THEN TRY_CAST(x[14] AS HUGEINT) >= TRY_CAST('5' AS HUGEINT) WHEN t[14] IN ('BIGINT','UBIGINT','HUGEINT','UHUGEINT','DOUBLE') THEN isfinite(TRY_CAST(x[14] AS DOUBLE)) AND TRY_CAST(x[14] AS DOUBLE) >= '5'::DOUBLE END, false) AND coalesce(CASE WHEN t[15] = 'VARCHAR' THEN x[15] = '1.50' WHEN t[15] IN ('BIGINT','UBIGINT','HUGEINT','UHUGEINT','DOUBLE') THEN isfinite(TRY_CAST(x[15] AS DOUBLE)) AND TRY_CAST(x[15] AS DOUBLE) = '1.50'::DOUBLE END, false)) AS p8,
    ((json_type(r, '$."resources"') IS NOT NULL AND NOT (len(list_filter(list_concat(json_extract(r, '$."resources"[*]."type"'), json_extract(r, '$."resources".*."type"')), lambda v: coalesce((json_extract_string(v, '$') = 'AWS::S3::Bucket'), false))) > 0)) OR (len(list_filter(list_concat(json_extract(r, '$."requestParameters"[*]'), json_extract(r, '$."requestParameters".*')), lambda v: json_type(v) = 'NULL')) > 0) OR coalesce(t[16] = 'BOOLEAN' AND x[16] = 'true', false)) AS p9,
    (coalesce(t[17] = 'BOOLEAN' AND x[17] = 'false', false) AND coalesce(t[18] = 'NULL' OR t[18] = 'ARRAY' AND list_contains(json_type(r, '$."requestParameters"."x"[*]'), 'NULL'), false) AND coalesce(t[19] = 'BOOLEAN' AND x[19] = 'true', false)) AS p10
  FROM fields
), counted AS (
  SELECT * FROM matched
  WHERE minute IS NULL OR minute >= 1793577600 AND minute < 1794096030
  QUALIFY id IS NULL OR row_number() OVER (PARTITION BY id) = 1
)
SELECT minute, count(*) AS total,
  count(*) FILTER (WHERE p1) AS "denied",
  count(*) FILTER (WHERE p2) AS "quotes",
  count(*) FILTER (WHERE p3 AND NOT p4 AND NOT p5) AS "missed",
  count(*) FILTER (WHERE p6) AS "regexps",
  count(*) FILTER (WHERE p7) AS "identity",
  count(*) FILTER (WHERE p8) AS "below",
  count(*) FILTER (WHERE p9) AS "any",
  count(*) FILTER (WHERE p10) AS "kinds"
FROM counted
GROUP BY minute
ORDER BY minute;
