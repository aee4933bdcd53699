package query

import (
	"strings"
	"sync"
)

// Documented returns the table that AWS's documentation makes.
// https://docs.aws.amazon.com/athena/latest/ug/create-cloudtrail-table-partition-projection.html
var Documented = sync.OnceValue(func() *Table {
	t, err := ReadTable(strings.NewReader(documented))
	if err != nil {
		panic(err)
	}
	return t
})

// documented has the columns and types of that table, read 2026-11-30. Those that hold
// JSON are strings.
const documented = `CREATE EXTERNAL TABLE cloudtrail_logs (
eventversion string, useridentity struct<type:string, principalid:string, arn:string, accountid:string, invokedby:string,
  accesskeyid:string, username:string, onbehalfof:struct<userid:string, identitystorearn:string>,
  sessioncontext:struct<attributes:struct<mfaauthenticated:string, creationdate:string>,
    sessionissuer:struct<type:string, principalid:string, arn:string, accountid:string, username:string>,
    ec2roledelivery:string, webidfederationdata:struct<federatedprovider:string, attributes:map<string,string>>>>,
eventtime string, eventsource string, eventname string, awsregion string, sourceipaddress string, useragent string,
errorcode string, errormessage string, requestparameters string, responseelements string, additionaleventdata string,
requestid string, eventid string, readonly string, resources array<struct<arn:string, accountid:string, type:string>>,
eventtype string, apiversion string, recipientaccountid string, serviceeventdetails string, sharedeventid string,
vpcendpointid string, vpcendpointaccountid string, eventcategory string,
addendum struct<reason:string, updatedfields:string, originalrequestid:string, originaleventid:string>,
sessioncredentialfromconsole string, edgedevicedetails string,
tlsdetails struct<tlsversion:string, ciphersuite:string, clientprovidedhostheader:string>)
PARTITIONED BY (timestamp string)
TBLPROPERTIES ('projection.timestamp.type'='date', 'projection.timestamp.format'='yyyy/MM/dd')`
