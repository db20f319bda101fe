// An MCP server with two tools. Writes down in its directory that it was started, and what was called.
const fs = require('fs');
const note = (text) => fs.appendFileSync('server.txt', text + '\n');
const send = (message) => process.stdout.write(JSON.stringify({jsonrpc: '2.0', ...message}) + '\n');
const tool = (name, annotations) => ({name, description: name, inputSchema: {type: 'object', properties: {}}, annotations});

note('started');
require('readline').createInterface({input: process.stdin}).on('line', (line) => {
  const {id, method, params} = JSON.parse(line);
  if (method === 'initialize') {
    send({id, result: {protocolVersion: params.protocolVersion, capabilities: {tools: {}},
                       serverInfo: {name: 'tiny', version: '1'}}});
  } else if (method === 'tools/list') {
    send({id, result: {tools: [tool('add', {}), tool('look', {readOnlyHint: true})]}});
  } else if (method === 'tools/call') {
    note('called ' + params.name);
    send({id, result: {content: [{type: 'text', text: 'did ' + params.name}]}});
  } else if (id !== undefined) {
    send({id, error: {code: -32601, message: 'unknown'}});
  }
});
