^XA^CI28^LH0,0
^PW1200
^LL840
^FO930,30^BXN,15,200,0,0,6,~^FH_^FDB-26-004-003^FS
^FO30,30^A0N,40,40^FH_^FDB-26-004-003^FS
^FO30,72^A0N,34,34^FH_^FDUC-MSC suspension for injection, 50^FS
^FO30,114^A0N,34,34^FH_^FDmillion cells a vial^FS
^FO30,156^A0N,34,34^FH_^FD5.00e7 cells in each container^FS
^FO30,198^A0N,34,34^FH_^FDEXP 2027-07-12^FS
^FO30,240^A0N,34,34^FH_^FDStore at -140 °C or below^FS
^FO30,282^A0N,34,34^FH_^FDDonation CORD-26-001^FS
^FO30,324^A0N,34,34^FH_^FDProduct UCMSC-IV 0.4.0^FS
^FO30,366^A0N,34,34^FH_^FDBatch B-26-004^FS
^FO30,408^A0N,34,34^FH_^FDContains cells of human origin^FS
^FO30,450^A0N,34,34^FH_^FDRoute: intravenous^FS
^FO30,492^A0N,34,34^FH_^FDContains sodium chloride 0.9 %, for infusion 70 %,^FS
^FO30,534^A0N,34,34^FH_^FDhuman albumin 20 % 20 %, dimethyl sulfoxide 10 %^FS
^FO30,576^A0N,34,34^FH_^FDFor clinical trial use only^FS
^FO30,618^A0N,34,34^FH_^FDSeedlot demonstration site^FS
^FO30,798^A0N,27,27^FH_^FDreprint 574-1 of 3^FS
^PQ1^XZ
^XA^CI28^LH0,0
^PW1200
^LL840
^FO930,30^BXN,15,200,0,0,6,~^FH_^FDB-26-004-004^FS
^FO30,30^A0N,40,40^FH_^FDB-26-004-004^FS
^FO30,72^A0N,34,34^FH_^FDUC-MSC suspension for injection, 50^FS
^FO30,114^A0N,34,34^FH_^FDmillion cells a vial^FS
^FO30,156^A0N,34,34^FH_^FD5.00e7 cells in each container^FS
^FO30,198^A0N,34,34^FH_^FDEXP 2027-07-12^FS
^FO30,240^A0N,34,34^FH_^FDStore at -140 °C or below^FS
^FO30,282^A0N,34,34^FH_^FDDonation CORD-26-001^FS
^FO30,324^A0N,34,34^FH_^FDProduct UCMSC-IV 0.4.0^FS
^FO30,366^A0N,34,34^FH_^FDBatch B-26-004^FS
^FO30,408^A0N,34,34^FH_^FDContains cells of human origin^FS
^FO30,450^A0N,34,34^FH_^FDRoute: intravenous^FS
^FO30,492^A0N,34,34^FH_^FDContains sodium chloride 0.9 %, for infusion 70 %,^FS
^FO30,534^A0N,34,34^FH_^FDhuman albumin 20 % 20 %, dimethyl sulfoxide 10 %^FS
^FO30,576^A0N,34,34^FH_^FDFor clinical trial use only^FS
^FO30,618^A0N,34,34^FH_^FDSeedlot demonstration site^FS
^FO30,798^A0N,27,27^FH_^FDreprint 574-2 of 3^FS
^PQ1^XZ
^XA^CI28^LH0,0
^PW1200
^LL840
^FO930,30^BXN,15,200,0,0,6,~^FH_^FDB-26-004-017^FS
^FO30,30^A0N,40,40^FH_^FDB-26-004-017^FS
^FO30,72^A0N,34,34^FH_^FDUC-MSC suspension for injection, 50^FS
^FO30,114^A0N,34,34^FH_^FDmillion cells a vial^FS
^FO30,156^A0N,34,34^FH_^FD5.00e7 cells in each container^FS
^FO30,198^A0N,34,34^FH_^FDEXP 2027-07-12^FS
^FO30,240^A0N,34,34^FH_^FDStore at -140 °C or below^FS
^FO30,282^A0N,34,34^FH_^FDDonation CORD-26-001^FS
^FO30,324^A0N,34,34^FH_^FDProduct UCMSC-IV 0.4.0^FS
^FO30,366^A0N,34,34^FH_^FDBatch B-26-004^FS
^FO30,408^A0N,34,34^FH_^FDContains cells of human origin^FS
^FO30,450^A0N,34,34^FH_^FDRoute: intravenous^FS
^FO30,492^A0N,34,34^FH_^FDContains sodium chloride 0.9 %, for infusion 70 %,^FS
^FO30,534^A0N,34,34^FH_^FDhuman albumin 20 % 20 %, dimethyl sulfoxide 10 %^FS
^FO30,576^A0N,34,34^FH_^FDFor clinical trial use only^FS
^FO30,618^A0N,34,34^FH_^FDSeedlot demonstration site^FS
^FO30,798^A0N,27,27^FH_^FDreprint 574-3 of 3^FS
^PQ1^XZ
