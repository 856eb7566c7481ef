# cmake -DFOLDER=... -DLOOKS=... -DOUT=... -P compose.cmake: puts style and scripts into page.html, as one file that
# lacks only the data. The page's security policy allows this one style and this one script, by their SHA-256.
cmake_minimum_required(VERSION 3.25)
file(READ "${FOLDER}/page.html" page)
file(READ "${FOLDER}/page.css" style)
file(READ "${LOOKS}" looks)
set(script "const LOOKS = ${looks};\n")
foreach(part IN ITEMS words dom packed looks axes marks figures lines tables links samples explained cell experiments scaling problem map prices
    task_size sweeps crossovers sections page)
  file(READ "${FOLDER}/${part}.js" text)
  string(APPEND script "${text}")
endforeach()

# The policy wants Base64 of the digest, which CMake gives as hexadecimal digits.
function(digest text out)
  set(alphabet "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/")
  string(SHA256 hexadecimal "${text}")
  string(APPEND hexadecimal "00")  # 32 bytes and one to fill up: eleven groups of three
  set(base64 "")
  foreach(group RANGE 10)
    math(EXPR first "${group} * 6")
    string(SUBSTRING "${hexadecimal}" ${first} 6 digits)
    foreach(shift IN ITEMS 18 12 6 0)
      math(EXPR place "(0x${digits} >> ${shift}) & 63")
      string(SUBSTRING "${alphabet}" ${place} 1 character)
      string(APPEND base64 "${character}")
    endforeach()
  endforeach()
  string(SUBSTRING "${base64}" 0 43 base64)
  set(${out} "sha256-${base64}=" PARENT_SCOPE)
endfunction()
digest("${style}" style_hash)
digest("${script}" script_hash)

string(REPLACE "@style-hash@" "${style_hash}" page "${page}")
string(REPLACE "@script-hash@" "${script_hash}" page "${page}")
string(REPLACE "@style@" "${style}" page "${page}")
string(REPLACE "@script@" "${script}" page "${page}")
file(WRITE "${OUT}" "${page}")
